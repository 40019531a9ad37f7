from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.interfaces"

    def ready(self) -> None:
        from learningcity.accounts import registry as accounts

        # Reading the rules is what makes them known.
        from learningcity.interfaces import actions, registry, rules  # noqa: F401
        from learningcity.interfaces.queries import keys
        from learningcity.interfaces.queries.feed_of_datasets import DATASETS
        from learningcity.interfaces.queries.feed_of_library import RESOURCES
        from learningcity.interfaces.queries.feed_of_practices import PRACTICES

        # What can be harvested: one line for each kind of records.
        registry.offer(DATASETS)
        registry.offer(PRACTICES)
        registry.offer(RESOURCES)
        accounts.doors.append(keys.door_of)
        accounts.farewells.append(actions.revoke_all_keys)
        accounts.secret_columns.add("interfaces.ApiKey.digest")
