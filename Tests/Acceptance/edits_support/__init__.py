"""What edits.py is made of: a small site in memory, random edits of it, and what happens to disks."""
