"""Models of the practice charts and the case studies."""

from practices.models.cases import CaseStep, CaseStudy, CaseTerm, CaseText, CaseTheme
from practices.models.charts import FundingShare, PracticeChart, PracticeOrganisation, PracticeTerm
from practices.models.texts import PracticeText

__all__ = [
    "CaseStep",
    "CaseStudy",
    "CaseTerm",
    "CaseText",
    "CaseTheme",
    "FundingShare",
    "PracticeChart",
    "PracticeOrganisation",
    "PracticeTerm",
    "PracticeText",
]
