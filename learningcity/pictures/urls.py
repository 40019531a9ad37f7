from django.urls import path

from learningcity.pictures import views

urlpatterns = [
    path("", views.pictures, name="pictures"),
    path("choose/", views.picture_choose, name="picture-choose"),
    path("upload/", views.picture_upload, name="picture-upload"),
    path("<int:pk>/", views.picture, name="picture"),
    path("<int:pk>/again/", views.picture_again, name="picture-again"),
    path("<int:pk>/original/", views.picture_original, name="picture-original"),
    path("<int:pk>/preview/", views.picture_preview, name="picture-preview"),
    path("<int:pk>/withdraw/", views.picture_withdraw, name="picture-withdraw"),
]
