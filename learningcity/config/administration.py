"""The administration at /admin/ with a site of our own."""

from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    default = False
    default_site = "learningcity.common.admin.Site"
