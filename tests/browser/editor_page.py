"""A page of the tests alone: a form with one text to format, that shows what it was sent."""

from django import forms
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from learningcity.common import rich
from learningcity.common.widgets import RichTextArea
from learningcity.config import urls

PAGE = """{% extends "base.html" %}{% load parts %}{% block title %}Writing{% endblock %}
{% block head %}{{ form.media }}{% endblock %}
{% block header %}{% page_header "Writing" %}{% endblock %}
{% block content %}<div><form class="stack" method="post">{% csrf_token %}<h2>Section</h2>{% for bound in form %}{% field bound %}{% endfor %}
<p>{% button "Send" %}</p></form><div id="sent">{{ sent|safe }}</div></div>{% endblock %}"""


class WritingForm(forms.Form):
    text = forms.CharField(
        required=False, help_text="One of eleven points.", widget=RichTextArea({"lang": "th"}, place="khon-kaen")
    )


def writing(request):
    text = request.POST.get("text", request.GET.get("text", ""))
    sent = rich.shown(text) if request.method == "POST" and rich.is_rich(text) else ""
    form = WritingForm({"text": text})
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": form, "sent": sent})))


urlpatterns = [path("writing/", writing, name="writing"), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
