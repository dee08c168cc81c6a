"""The commands that need no window, by what they are about.

A stage is imported only when its command runs. Offsets are code points, numbers of segments and
pairs start at 0, files are UTF-8.
"""
