"""The words for companies and people: names, countries, job titles, as people write them."""

FIRST_NAMES = """Anna Ben Carla David Elena Felix Greta Hugo Irene Jonas Karin Luis Marta Nils Olga
    Pablo Rosa Simon Teresa Victor Laura Martin Sofia Thomas Julia Peter Clara Andres Emma Oscar
    Lucia Paul Eva Daniel Nora Miguel José Inés Jürgen Zoë""".split()
LAST_NAMES = """Keller Garcia Smith Lopez Weber Martin Brown Fischer Rossi Novak Jansen Moreno Clark
    Wagner Ruiz Taylor Becker Silva Hansen Dubois Torres Meyer Walker Romero Schmidt Bianchi Lewis
    Navarro Berg Ortega Núñez Müller Gómez Evans Klein Vidal Hill Castro Wood Lang""".split()
COMPANY_HEADS = """Alder Borea Castor Delta Elbe Faro Granit Helio Iber Jura Kestrel Lumen Merid
    Norda Orbis Pinta Quarz Rhona Sierra Tauro Ulmen Vega Westa Xenon Ymir Zenit Ambra Birken
    Corvo Duero Ebro Fjord Gallo Havel Indra""".split()
COMPANY_TAILS = {
    "Machinery": ["Machines", "Werk", "Tooling", "Presses"],
    "Automotive": ["Motors", "Drive", "Autoparts"],
    "Food and beverage": ["Foods", "Dairy", "Drinks"],
    "Chemicals": ["Chem", "Coatings", "Resins"],
    "Pharmaceuticals": ["Pharma", "Biolabs"],
    "Metals": ["Steel", "Alloys", "Castings"],
    "Packaging": ["Pack", "Cartons"],
    "Electronics": ["Circuits", "Sensors"],
    "Logistics": ["Cargo", "Logistics"],
    "Retail": ["Markets", "Stores"],
    "Consulting": ["Advisory", "Partners"],
    "Software": ["Soft", "Cloud"],
}
TARGET_INDUSTRIES = list(COMPANY_TAILS)[:8]
INDUSTRY_WEIGHTS = [15, 10, 12, 9, 6, 9, 8, 9, 6, 5, 6, 5]
COMPETITORS = ["linkfactory.example", "gatewerk.example", "plantpulse.example"]
UNIVERSITIES = ["northfield-university.example", "universidad-delmar.example", "universitaet-alm.example"]
FREE_MAIL = ["gmail.com", "gmail.com", "gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de"]

# code: (weight, spellings as people and systems write them)
COUNTRIES = {
    "DE": (22, ["Germany", "DE", "Deutschland", "germany", "GERMANY", "DEU"]),
    "ES": (14, ["Spain", "ES", "España", "spain", "Espana"]),
    "GB": (8, ["United Kingdom", "GB", "UK", "Great Britain", "uk"]),
    "FR": (8, ["France", "FR", "france"]),
    "IT": (7, ["Italy", "IT", "Italia"]),
    "US": (8, ["United States", "US", "USA", "U.S.A.", "United States of America"]),
    "MX": (6, ["Mexico", "MX", "México"]),
    "AT": (4, ["Austria", "AT", "Österreich"]),
    "CH": (4, ["Switzerland", "CH", "Schweiz"]),
    "NL": (4, ["Netherlands", "NL", "The Netherlands"]),
    "PL": (3, ["Poland", "PL", "Polska"]),
    "SE": (2, ["Sweden", "SE"]),
    "PT": (2, ["Portugal", "PT"]),
    "CZ": (2, ["Czechia", "CZ", "Czech Republic"]),
    "BR": (3, ["Brazil", "BR", "Brasil"]),
    "IN": (3, ["India", "IN"]),
    "CN": (2, ["China", "CN"]),
    "TR": (2, ["Turkey", "TR", "Türkiye"]),
    "AR": (2, ["Argentina", "AR"]),
    "ZA": (1, ["South Africa", "ZA"]),
    "AU": (1, ["Australia", "AU"]),
}
FAR_COUNTRIES = ["BR", "IN", "CN", "TR", "AR", "ZA", "AU"]
REGIONS = {"DE": ["Bavaria", "Hesse", "Saxony"], "ES": ["Cataluña", "Madrid", "País Vasco"],
           "US": ["Ohio", "Texas", "Michigan"], "GB": ["Midlands", "Wales"]}
PLACEHOLDERS = ["Select", "N/A", "-", "unknown", "Unknown", "n/a", "select"]

# (function, seniority, weight, titles as people write them)
TITLES = [
    ("operations", "c_level", 3, ["COO", "Chief Operating Officer", "Director General de Operaciones"]),
    ("executive", "c_level", 6, ["CEO", "C.E.O.", "Managing Director", "Director General", "Founder & CEO",
                                 "Consejero Delegado", "owner", "Gerente General"]),
    ("it", "c_level", 3, ["CIO", "CTO", "Chief Technology Officer", "Chief Digital Officer"]),
    ("finance", "c_level", 2, ["CFO", "Chief Financial Officer", "Director Financiero"]),
    ("operations", "vp", 4, ["VP Operations", "Vice President, Manufacturing", "V.P. Production",
                             "SVP Supply Chain & Operations", "Vicepresidente de Operaciones"]),
    ("operations", "director", 8, ["Director of Operations", "Director de Operaciones", "Plant Director",
                                   "director de planta", "Head of Production", "head of prod.",
                                   "Director de Producción", "Dir. Operations"]),
    ("engineering", "director", 6, ["Director of Engineering", "Head of Automation", "Head of Engineering ",
                                    "Director de Ingeniería", "Director Técnico"]),
    ("it", "director", 4, ["Head of IT", "IT Director", "Director de Sistemas", "Director of Digitalization"]),
    ("operations", "manager", 12, ["Plant Manager", "Production Manager", "plant mgr", "Jefe de Producción",
                                   "Jefe de Planta", "Maintenance Manager", "Jefe de Mantenimiento",
                                   "Responsable de Mantenimiento", "Shift Supervisor", "Operations Manager"]),
    ("engineering", "manager", 9, ["Engineering Manager", "Automation Manager", "Team Lead Automation",
                                   "Responsable de Automatización", "Jefe de Ingeniería", "Process Eng. Manager"]),
    ("it", "manager", 6, ["IT-Manager", "IT Manager", "Jefe de Informática", "Responsable IT", "OT Security Manager"]),
    ("procurement", "manager", 6, ["Purchasing Manager", "Purchasing Mgr", "Gerente de Compras", "Jefe de Compras",
                                   "Procurement Lead"]),
    ("engineering", "specialist", 14, ["Sr. Automation Engineer", "Automation engineer", "Process Engineer",
                                       "Ingeniero de Automatización", "Ing. de Procesos", "PLC Programmer",
                                       "Controls Engineer", "Ingeniera de Mantenimiento", "Safety Engineer",
                                       "R&D engineer", "Electrical Eng."]),
    ("operations", "specialist", 5, ["Maintenance Technician", "Técnico de Mantenimiento", "Production Planner",
                                     "Operario de Planta"]),
    ("it", "specialist", 5, ["System Administrator", "Data Engineer", "Analista de Sistemas", "IT Specialist"]),
    ("procurement", "specialist", 4, ["Buyer", "Comprador", "Strategic Purchaser", "Técnico de Compras"]),
    ("marketing", "specialist", 4, ["Marketing Specialist", "Técnico de Marketing", "Content Manager"]),
    ("sales", "manager", 4, ["Sales Manager", "Key Account Manager", "Jefe de Ventas", "Gerente Comercial"]),
    ("hr", "manager", 2, ["HR Manager", "Responsable de RRHH", "Recursos Humanos"]),
    ("finance", "specialist", 2, ["Controller", "Accountant", "Contable"]),
    ("other", "specialist", 2, ["Assistant", "Coordinator", "Administrativo", "Team member"]),
]
STUDENT_TITLES = ["Student", "student (mech. engineering)", "Estudiante de Ingeniería", "Intern", "Becario",
                  "Becaria de Automatización", "PhD student", "Working student", "Trainee"]
DEPARTMENTS = {
    "operations": ["Production", "Operations", "Maintenance", "production", "Manufacturing", "Producción"],
    "engineering": ["Engineering", "Automation", "R&D", "engineering", "Ingeniería"],
    "it": ["IT", "Information Technology", "Digital"], "procurement": ["Purchasing", "Procurement", "Compras"],
    "finance": ["Finance", "Accounting"], "marketing": ["Marketing"], "sales": ["Sales", "Ventas"],
    "hr": ["Human Resources"], "executive": ["Management", "Board", "Dirección"], "other": ["Administration"],
}
TECHNOLOGIES = ["OPC UA", "PLC", "SCADA", "SAP", "MES", "Modbus", "MQTT", "Azure", "AWS", "Historian"]
NEEDS = ["Remote access", "Predictive maintenance", "Machine safety", "Energy reporting"]
PRODUCTS = ["connect", "insight", "guard"]
OWNERS = ["u01", "u02", "u03", "u04", "u05", "u06"]
FEATURES = ["dashboards", "dashboards", "alerts", "alerts", "reports", "api"]
