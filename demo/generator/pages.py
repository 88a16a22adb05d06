"""What the website offers, and the browsers and machines that open it."""

BLOG = ["/blog/" + slug for slug in """opc-ua-in-ten-minutes predictive-maintenance-basics
    safe-remote-access downtime-costs machine-safety-2-0 energy-per-part mqtt-or-opc-ua brownfield-plants
    first-dashboard spare-parts""".split()]
STORIES = ["/customers/" + slug for slug in "norda-steel iber-foods vega-motors elbe-chem fjord-pack".split()]
SOLUTIONS = ["/solutions/" + slug for slug in
             "predictive-maintenance remote-access machine-safety energy-reporting".split()]
WEBINARS = ["/webinars/" + slug for slug in "connect-live insight-first-steps guard-in-practice".split()]
CAREERS = ["/careers", "/careers/field-engineer", "/careers/inside-sales", "/careers/working-student"]
SUPPORT = ["/support/" + slug for slug in "update-gateway reset-password alert-rules api-keys export-report".split()]
FIRST_STEPS = ["/support/first-steps", "/support/first-steps/connect-machines", "/support/first-steps/alerts"]
LEAVING = ["/support/cancel-contract", "/support/cancel-contract", "/support/refunds", "/support/take-your-data-along"]
PARTNER_PAGES = ["/partners/portal", "/partners/price-list", "/partners/slides", "/partners/training"]
CONTENT = {
    "connect": ["cad-connect", "manual-connect", "brochure-connect", "whitepaper-remote-access"],
    "insight": ["manual-insight", "brochure-insight", "whitepaper-predictive-maintenance", "checklist-data-readiness"],
    "guard": ["cad-guard", "manual-guard", "brochure-guard", "checklist-machine-safety"],
}
VIDEOS = {"connect": "video-connect-tour", "insight": "video-insight-tour", "guard": "video-guard-tour"}
SITE = "https://www.plantside.example"

PEOPLE_AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 Edg/123.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
]
BOT_AGENTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.0.0 Safari/537.36",
    "python-requests/2.31.0",
]
SCANNER_AGENTS = [
    "Mozilla/5.0 (compatible; BarracudaLinkProtect/1.0)",
    "Mimecast-URL-Scanner/2.0",
    # One with the user agent of a browser: only its behaviour shows that it is a program.
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
]
