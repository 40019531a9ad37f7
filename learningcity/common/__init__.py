"""What every app may use and what knows no app: languages, dates, parts of pages, fields. No models, no business words."""
