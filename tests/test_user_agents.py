"""The programs that the shipped patterns recognise; browsers of people do not match."""

import csv

import pytest

from tests.project import ROOT
from tests.reference.engagement import is_like

CHROME = "(KHTML, like Gecko) Chrome/120.0.0.0"
PROGRAMS = [
    "Mozilla/5.0 (compatible; ExampleBot/1.0; +https://bots.example/about)",
    "Mozilla/5.0 (compatible; Example Crawler)",
    "Mozilla/5.0 (compatible; ExampleBot)",
    "ExampleBot",
    "example-robot/2.1",
    "ExampleSpider/3.0",
    "Example/1.0 (operator@bots.example.com)",
    "Example/1.0 (https://bots.example)",
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {CHROME} Safari/537.36 (example.com)",
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {CHROME.replace('C', 'HeadlessC')}",
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {CHROME} Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (X11; Linux x86_64) PhantomJS/2.1.1 Safari/538.1",
    "Example Link Preview/1.0",
    "Example-URL-Preview/1.0",
    "ExampleFeedFetcher/1.0",
    "Example Uptime Monitor/4",
    "example-health-check",
    "Example Security Scanner",
    "Example Link Checker 2.0",
    "curl/8.4.0",
    "Wget/1.21",
    "python-requests/2.31.0",
    "Python/3.11 aiohttp/3.9.1",
    "Go-http-client/2.0",
    "Java/17.0.1",
    "Apache-HttpClient/4.5.13 (Java/11)",
    "okhttp/4.12.0",
    "axios/1.6.2",
    "node-fetch/1.0",
    "GuzzleHttp/7",
    "WordPress/6.4",
    "libwww-perl/6.72",
]
PEOPLE = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME} Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME} Safari/537.36 Edg/120.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_2) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2"
    " Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.2 Mobile/15E148 Safari/604.1",
    # Phones and tablets whose names sound like programs.
    f"Mozilla/5.0 (Linux; Android 8.0.0; CUBOT_P20) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; U; Android 4.2.2; S222 Build/CUBOT) AppleWebKit/534.30 (KHTML, like Gecko)"
    " Version/4.0 Mobile Safari/534.30",
    f"Mozilla/5.0 (Linux; Android 7.0; M bot 60) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 13; Spider 8) AppleWebKit/537.36 {CHROME} Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 10; Quest 2) AppleWebKit/537.36 {CHROME} Safari/537.36",
    # Programs in which people click, and proxies that carry their real opens.
    f"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36 CamScanner/4.5",
    f"Mozilla/5.0 (Linux; Android 13; CUBOT) AppleWebKit/537.36 {CHROME} Mobile Instagram 94.0 (CUBOT; X20)",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.8431; Pro)",
    "Outlook-iOS/709.2189947.prod.iphone (3.24.0)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
]


def signs_of(agent):
    """The patterns of the seed that a user agent matches."""
    path = ROOT / "seeds/normalisation/automated_user_agents.csv"
    with path.open(encoding="utf-8", newline="") as file:
        patterns = [row["user_agent_pattern"] for row in csv.DictReader(file)]
    return [pattern for pattern in patterns if is_like(agent, pattern)]


@pytest.mark.check
@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_automated(agent):
    assert signs_of(agent)


@pytest.mark.check
@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_not(agent):
    assert not signs_of(agent)
