"""Facts about strings: words, numbers, scripts, languages, word frequencies, stems."""
