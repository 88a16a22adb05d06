"""The seed, the days and the amounts of the demo."""

import math

SEED = 20_240_611
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
FIRST_DAY, LAST_DAY = -365, 45  # days from the anchor, both included
BEGIN, END = FIRST_DAY * DAY, (LAST_DAY + 1) * DAY  # seconds from the anchor, END excluded
NEVER = math.inf

COMPANY_COUNT = 900
CUSTOMER_COUNT = 95  # companies that are customers from the beginning
PROJECT_COUNT = 370  # companies that look for a solution at some time
SURPRISE_COUNT = 14  # companies that buy with hardly a trace on the website
CONTACT_COUNT = 2_500
STRANGER_COUNT = 850  # visitors who never say who they are
