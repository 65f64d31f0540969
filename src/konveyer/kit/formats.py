"""Numbers, sums, dates, spans and phones as a reader of one language expects them, with the right spaces.

Everything here is plain Python: the language ("ru" or "en") and the present moment come in as arguments. A no-break
space (U+00A0) stands inside every figure and before its unit; minus is U+2212; a range has an en dash without spaces.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import phonenumbers

NBSP = "\u00a0"
MINUS = "\u2212"
SMALL_SAMPLE = 30
NARROW = 0.05  # below it whole per cent would hide the ends


def _words(text: str) -> list[str]:
    return text.split()


MONTHS_RU = _words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
MONTHS_RU_SHORT = _words("янв фев мар апр мая июн июл авг сен окт ноя дек")
MONTHS_RU_NAME = _words("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")
MONTHS_EN = _words("January February March April May June July August September October November December")
DAYS = {
    "ru": _words("понедельник вторник среда четверг пятница суббота воскресенье"),
    "en": _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
DAYS_SHORT = {"ru": _words("пн вт ср чт пт сб вс"), "en": _words("Mon Tue Wed Thu Fri Sat Sun")}
UNITS = {
    "ru": (("день", "дня", "дней"), ("ч", "ч", "ч"), ("мин", "мин", "мин"), ("с", "с", "с")),
    "en": (("day", "days", "days"), ("h", "h", "h"), ("min", "min", "min"), ("s", "s", "s")),
}
SHORT_DAY = {"ru": "д", "en": "d"}
SCALES = {
    "ru": ((10**9, "млрд"), (10**6, "млн"), (10**3, "тыс.")),
    "en": ((10**9, "B"), (10**6, "M"), (10**3, "K")),
}
SIZES = {"ru": ("Б", "КБ", "МБ", "ГБ"), "en": ("B", "KB", "MB", "GB")}
SYMBOLS = {
    "RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "UAH": "₴", "BYN": "Br", "GEL": "₾", "AMD": "֏",
    "TRY": "₺", "INR": "₹", "ILS": "₪", "BRL": "R$",
}  # fmt: skip
BEFORE = {"USD", "EUR", "GBP", "INR", "ILS", "BRL"}  # signs written before the sum in English

_RUSSIAN = str.maketrans({",": NBSP, ".": ","})

Number = int | float | Decimal


def rounded(value: Number, places: int) -> Decimal:
    """Round half away from zero, as people do (2.5 → 3), not to even."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Number, language: str, places: int = 0) -> str:
    """4180 → «4 180» or “4,180”; places are kept, also when they are zeros, so that a column lines up."""
    exact = isinstance(value, int) and not places
    amount = value if exact else rounded(value, places)
    sign = MINUS if amount < 0 else ""
    figure = f"{abs(amount):,}" if exact else f"{abs(amount):,f}"
    return sign + (figure.translate(_RUSSIAN) if language == "ru" else figure)


def percent(value: Number, language: str, sample: int | None = None, places: int = 1) -> str:
    """A share of one as per cent: 0.262 → «26,2 %» or “26.2%”. A sample under 30 is shown whole."""
    if sample is not None and sample < SMALL_SAMPLE:
        places = 0
    return number(Decimal(str(value)) * 100, language, places) + (f"{NBSP}%" if language == "ru" else "%")


def ratio(part: int, whole: int, language: str) -> str:
    """The sample behind a rate: «16 / 61»."""
    return f"{number(part, language)}{NBSP}/{NBSP}{number(whole, language)}"


def interval(low: Number, high: Number, language: str, sample: int | None = None) -> str:
    """A 95 % interval of a rate in whole per cent: «от 17 до 38 %», “17 to 38%”; a narrow one with one decimal."""
    places = 0 if sample is not None and sample < SMALL_SAMPLE else int(float(high) - float(low) < NARROW)
    ends = [number(Decimal(str(end)) * 100, language, places) for end in (low, high)]
    if language == "ru":
        return f"от{NBSP}{ends[0]} до{NBSP}{ends[1]}{NBSP}%"
    return f"{ends[0]} to{NBSP}{ends[1]}%"


def _signed(figure: str, currency: str, language: str) -> str:
    symbol = SYMBOLS.get(currency, currency)
    if language == "ru" or currency not in BEFORE:
        return f"{figure}{NBSP}{symbol}"
    minus, digits = (MINUS, figure[1:]) if figure.startswith(MINUS) else ("", figure)
    return f"{minus}{symbol}{digits}"


def money(amount: Number, currency: str, language: str, places: int | None = None) -> str:
    """A sum in full: «420 000 ₽», “$1,250.50”. Hundredths are shown when there are any, unless places say otherwise."""
    if places is None:
        exact = Decimal(str(amount))
        places = 0 if exact == exact.to_integral_value() else 2
    return _signed(number(amount, language, places), currency, language)


def money_short(amount: Number, currency: str, language: str) -> str:
    """A sum for heads and charts: «1,72 млн ₽», “$1.72M”; three digits, smaller sums in full."""
    value = Decimal(str(amount))
    for size, word in SCALES[language]:
        scaled = value / size
        if abs(rounded(scaled, 2)) < 1 or size == 1000:
            continue
        places = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
        figure = number(scaled, language, places)
        if places:
            figure = figure.rstrip("0").rstrip(",.")
        return _signed(figure + (f"{NBSP}{word}" if language == "ru" else word), currency, language)
    return money(rounded(value, 0), currency, language)


def count_short(value: Number, language: str) -> str:
    """A count for a tight place: «12,4 тыс.», “12.4K”; under ten thousand in full."""
    exact = Decimal(str(value))
    if abs(exact) < 10_000:
        return number(exact, language)
    size, word = next((size, word) for size, word in SCALES[language] if abs(exact) >= size)
    scaled = exact / size
    figure = number(scaled, language, 1 if abs(scaled) < 100 else 0)
    return figure.removesuffix(",0").removesuffix(".0") + (f"{NBSP}{word}" if language == "ru" else word)


def plural(count: int, language: str, forms: tuple[str, str, str]) -> str:
    """The form of a word that goes with a count: (день, дня, дней); English uses the first and the second."""
    count = abs(count)
    if language != "ru":
        return forms[0] if count == 1 else forms[1]
    if count % 10 == 1 and count % 100 != 11:
        return forms[0]
    return forms[1] if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else forms[2]


def day(value: date, language: str, today: date) -> str:
    """«24 ноября», “24 November”; the year only when it is another one."""
    month = (MONTHS_RU if language == "ru" else MONTHS_EN)[value.month - 1]
    year = f"{NBSP}{value.year}" if value.year != today.year else ""
    return f"{value.day}{NBSP}{month}{year}"


def day_short(value: date, language: str, today: date) -> str:
    """«26 ноя», “26 Nov”; the year only when it is another one."""
    month = MONTHS_RU_SHORT[value.month - 1] if language == "ru" else MONTHS_EN[value.month - 1][:3]
    year = f"{NBSP}{value.year}" if value.year != today.year else ""
    return f"{value.day}{NBSP}{month}{year}"


def month(value: date, language: str) -> str:
    """«ноябрь 2026», “November 2026”."""
    name = (MONTHS_RU_NAME if language == "ru" else MONTHS_EN)[value.month - 1]
    return f"{name}{NBSP}{value.year}"


def weekday(value: date, language: str) -> str:
    """«четверг», “Thursday”."""
    return DAYS[language][value.weekday()]


def clock(value: datetime) -> str:
    """«16:30», in the zone that the moment carries."""
    return f"{value.hour}:{value.minute:02d}"


def moment(value: datetime, language: str, now: datetime) -> str:
    """A moment in a row: «16:30» today, «чт, 26 ноя, 16:30» otherwise; both moments in the reader's zone."""
    if value.date() == now.date():
        return clock(value)
    short = DAYS_SHORT[language][value.weekday()]
    return f"{short},{NBSP}{day_short(value.date(), language, now.date())}, {clock(value)}"


def day_range(first: date, last: date, language: str, today: date) -> str:
    """«26 окт – 24 ноя», «3–9 ноя» inside one month."""
    if (first.year, first.month) == (last.year, last.month):
        tail = day_short(last, language, today)
        return tail if first == last else f"{first.day}–{tail}"
    return f"{day_short(first, language, today)}{NBSP}– {day_short(last, language, today)}"


def _pieces(span: timedelta) -> tuple[int, int, int, int]:
    seconds = abs(int(span.total_seconds()))
    return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60


def span(value: timedelta, language: str) -> str:
    """A length of time in its two largest units: «2 дня 3 ч», «28 мин», “6 min 12 s”. The sign is the caller's to say."""
    pieces = _pieces(value)
    first = next((at for at, size in enumerate(pieces) if size), 3)
    words = []
    for at in range(first, min(first + 2, 4)):
        # seconds beside minutes only in short calls; minutes beside days say nothing
        if at > first and (pieces[at] == 0 or (at == 3 and pieces[2] >= 10)):
            continue
        words.append(f"{pieces[at]}{NBSP}{plural(pieces[at], language, UNITS[language][at])}")
    return NBSP.join(words)


def span_short(value: timedelta, language: str) -> str:
    """A length of time in one unit for a card: «2 д», «27 ч», «15 мин»; up to 48 hours are hours."""
    days, hours, minutes, seconds = _pieces(value)
    if days >= 2:
        return f"{days}{NBSP}{SHORT_DAY[language]}"
    for size, at in ((days * 24 + hours, 1), (minutes, 2), (seconds, 3)):
        if size:
            return f"{size}{NBSP}{UNITS[language][at][0]}"
    return f"0{NBSP}{UNITS[language][2][0]}"


def phone(value: str, language: str) -> str:
    """«+7 342 200-41-17», with the extension as «доб. 12» or “ext. 12”. What is not a number comes back as it is."""
    try:
        parsed = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    extension, parsed.extension = parsed.extension, None
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    shown = shown.replace(" ", NBSP)
    if extension:
        shown += f", {'доб.' if language == 'ru' else 'ext.'}{NBSP}{extension}"
    return shown


def file_size(size: int, language: str) -> str:
    """«412 КБ», “1.4 MB”."""
    value = Decimal(size)
    for unit in SIZES[language]:
        if value < 1024 or unit == SIZES[language][-1]:
            break
        value /= 1024
    places = 1 if unit not in SIZES[language][:2] and value < 10 else 0
    return f"{number(value, language, places)}{NBSP}{unit}"


def initials(name: str) -> str:
    """«Роман Кудрин» → «РК»; one word gives one letter, nothing gives «?»."""
    words = [word for word in re.split(r"[\s\u00a0]+", name.strip()) if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


SHORT_WORD = re.compile(r"(?<![\w-])([A-Za-zА-Яа-яЁё]{1,2}) (?=\S)")


def typeset(text: str, language: str) -> str:
    """Put no-break spaces where a line must not break: after № and short words, before a dash and a unit."""
    text = re.sub(r" (?=[—–]\s)", NBSP, text)
    text = re.sub(r"№ ?(?=\d)", f"№{NBSP}", text)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d)|%|₽|\$|€|кг|км|мин|млн|млрд|тыс)", NBSP, text)
    return SHORT_WORD.sub(rf"\1{NBSP}", text) if language == "ru" else text
