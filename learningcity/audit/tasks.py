from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from learningcity.audit.queries import verify_chain

logger = logging.getLogger(__name__)


@app.periodic(cron="17 20 * * *")
@app.task(queueing_lock="audit.verify_daily", pass_context=False)
def verify_daily(timestamp: int) -> None:
    """Verify the whole chain at 3:17 in Bangkok, and cry out if it is broken."""
    verdict = verify_chain()
    if verdict.broken_at:
        logger.critical(
            "The audit chain is broken at entry %s, after %s good ones.", verdict.broken_at, verdict.entries
        )
    else:
        logger.info("The audit chain holds: %s entries.", verdict.entries)
