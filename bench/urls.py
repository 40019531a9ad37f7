"""The site's addresses, and that of the page we compare with."""

from django.urls import path

from bench.bare import bare, bare_cities
from learningcity.config.urls import urlpatterns as of_the_site

urlpatterns = [path("bare/", bare), path("bare/cities.json", bare_cities), *of_the_site]
