from learningcity.notices.tasks.letters import NotSent, queue, queue_notices, send_letter
from learningcity.notices.tasks.rounds import forget_old, rescue_letters, write_daily_mail

__all__ = ["NotSent", "forget_old", "queue", "queue_notices", "rescue_letters", "send_letter", "write_daily_mail"]
