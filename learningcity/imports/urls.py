"""Addresses of the files that belong to imports; their pages are those of the workspace."""

from django.urls import path

from learningcity.imports import views

urlpatterns = [
    path("workspace/imports/template/<slug:table>.xlsx", views.import_template, name="import-template"),
    path("workspace/imports/records/<slug:table>.xlsx", views.import_records, name="import-records"),
    path("workspace/imports/<int:pk>/answer/", views.import_answer, name="import-answer"),
]
