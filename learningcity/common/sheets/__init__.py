"""Tables in files that people made with a spreadsheet program: looked at before they are opened, read, and written."""
