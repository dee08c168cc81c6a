"""How the window looks: colours, fonts, icons, words, and the small controls all parts share."""
