"""Models of the practice charts."""

from practices.models.charts import FundingShare, PracticeChart, PracticeOrganisation, PracticeTerm
from practices.models.texts import PracticeText

__all__ = ["FundingShare", "PracticeChart", "PracticeOrganisation", "PracticeTerm", "PracticeText"]
