"""Work on whole project files, most of it in the worker process, and what is asked and replied."""
