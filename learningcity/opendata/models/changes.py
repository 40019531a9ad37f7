from django.db import models


class Change(models.Model):
    """That a table was written to. The database itself notes it, whoever writes (see opendata.actions.watching).

    The mark is drawn by lot. All marks of a table together, one xor the other, name what the table holds: they change with
    every commit, come back with what is rolled back or restored, and say the same after old ones were put together.
    """

    relation = models.CharField(max_length=63, editable=False)
    mark = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"

    def __str__(self) -> str:
        return self.relation
