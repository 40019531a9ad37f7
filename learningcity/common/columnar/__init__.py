"""Tables too large for memory: looked at, kept as Parquet, asked, compared and written again, by DuckDB behind a lock.

Knows nothing of datasets: paths and plain values in, plain values out.
"""
