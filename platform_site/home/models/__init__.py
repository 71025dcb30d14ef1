"""Pages of the site, and the review task of the workflow."""

from platform_site.home.models.earlier_version import EarlierVersion
from platform_site.home.models.home_page import HomePage
from platform_site.home.models.plain_page import PlainPage
from platform_site.home.models.review_task import ReviewTask

__all__ = ["EarlierVersion", "HomePage", "PlainPage", "ReviewTask"]
