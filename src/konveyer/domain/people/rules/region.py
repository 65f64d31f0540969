"""In which country phones and tax numbers without a country are to be understood."""

REGIONS = {
    "RUB": "RU", "KZT": "KZ", "BYN": "BY", "UAH": "UA", "AMD": "AM", "GEL": "GE", "UZS": "UZ", "KGS": "KG",
    "USD": "US", "GBP": "GB", "EUR": "DE", "CHF": "CH", "PLN": "PL", "CZK": "CZ", "SEK": "SE", "NOK": "NO",
    "DKK": "DK", "TRY": "TR", "ILS": "IL", "BRL": "BR", "INR": "IN", "CNY": "CN", "JPY": "JP", "AED": "AE",
}  # fmt: skip


def region_of(currency: str) -> str:
    """The country that a workspace with this base currency most likely works in."""
    return REGIONS.get(currency, "RU")
