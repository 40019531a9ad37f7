from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.interfaces"

    def ready(self) -> None:
        from learningcity.interfaces import registry
        from learningcity.interfaces.queries.feed_of_datasets import DATASETS
        from learningcity.interfaces.queries.feed_of_practices import PRACTICES

        # What can be harvested: one line for each kind of records.
        registry.offer(DATASETS)
        registry.offer(PRACTICES)
