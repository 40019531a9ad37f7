from __future__ import annotations

from django.db import connection, transaction
from procrastinate.contrib.django import app

# Two counts at once would both delete and both insert; the number is any that nobody else locks.
ONE_COUNT_AT_A_TIME = 5_830_001
COUNT_TERMS = """
    DELETE FROM search_frequency;
    INSERT INTO search_frequency (term, counts)
    SELECT code & ~3, ARRAY[
        count(*) FILTER (WHERE code & 3 = 0), count(*) FILTER (WHERE code & 3 = 1),
        count(*) FILTER (WHERE code & 3 = 2), count(*) FILTER (WHERE code & 3 = 3)
    ]
    FROM search_posting, unnest(codes) AS code GROUP BY code & ~3;
    INSERT INTO search_frequency (term, counts) SELECT 0, ARRAY[count(*), 0, 0, 0] FROM search_posting;
"""
# A word that no document holds stays for one more count: somebody may be writing a document with it just now.
COUNT_SPELLINGS = """
    DELETE FROM search_spelling WHERE documents = 0;
    DELETE FROM search_spelling AS one USING search_spelling AS other WHERE one.word = other.word AND one.id > other.id;
    UPDATE search_spelling AS spelling SET documents = counted.documents
    FROM (
        SELECT id, coalesce((SELECT sum(part) FROM unnest(counts) AS part), 0) AS documents
        FROM search_spelling LEFT JOIN search_frequency USING (term)
    ) AS counted
    WHERE spelling.id = counted.id AND spelling.documents <> counted.documents;
"""


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="search.recount_hourly", pass_context=False)
def recount_hourly(timestamp: int) -> None:
    """Count again how many documents hold each term, so that rare words weigh more than common ones."""
    count_terms()


@transaction.atomic
def count_terms() -> None:
    """Count how many documents hold each term. Readers see the old counts until this is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_COUNT_AT_A_TIME])
        cursor.execute(COUNT_TERMS)
        cursor.execute(COUNT_SPELLINGS)
