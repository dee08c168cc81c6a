"""What is asked and shown apart from the text: dialogs, popovers, and their parts."""
