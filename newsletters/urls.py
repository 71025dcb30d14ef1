"""Addresses beside the news, which are pages of the tree below `news/`."""

from django.urls import path

from newsletters.feeds import NewsFeed

app_name = "newsletters"

urlpatterns = [path("news/feed/", NewsFeed(), name="news_feed")]
