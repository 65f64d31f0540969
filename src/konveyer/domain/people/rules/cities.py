"""Cities by which a word on a line is known to be one. city_of(text) -> the city as it is usually written, or ''."""

from __future__ import annotations

import re

_NAMES = """
Москва|Санкт-Петербург|Новосибирск|Екатеринбург|Казань|Нижний Новгород|Красноярск|Челябинск|Самара|Уфа
Ростов-на-Дону|Краснодар|Омск|Воронеж|Пермь|Волгоград|Саратов|Тюмень|Тольятти|Барнаул|Махачкала|Ижевск
Хабаровск|Ульяновск|Иркутск|Владивосток|Ярославль|Севастополь|Томск|Ставрополь|Кемерово|Набережные Челны
Оренбург|Новокузнецк|Балашиха|Рязань|Чебоксары|Калининград|Пенза|Липецк|Киров|Астрахань|Тула|Сочи|Курск|Улан-Удэ
Тверь|Магнитогорск|Сургут|Брянск|Якутск|Иваново|Владимир|Симферополь|Грозный|Чита|Нижний Тагил|Калуга|Белгород
Волжский|Подольск|Вологда|Смоленск|Саранск|Курган|Череповец|Архангельск|Владикавказ|Орёл|Якутск|Мурманск|Тамбов
Нижневартовск|Йошкар-Ола|Кострома|Стерлитамак|Новороссийск|Химки|Таганрог|Комсомольск-на-Амуре|Сыктывкар|Нальчик
Нижнекамск|Шахты|Дзержинск|Энгельс|Благовещенск|Королёв|Братск|Великий Новгород|Орск|Старый Оскол|Ангарск|Псков
Люберцы|Южно-Сахалинск|Бийск|Прокопьевск|Абакан|Армавир|Балаково|Норильск|Рыбинск|Северодвинск
Петрозаводск|Красногорск|Уссурийск|Новочеркасск|Златоуст|Мытищи|Альметьевск|Сызрань|Каменск-Уральский|Волгодонск
Копейск|Березники|Соликамск|Находка|Электросталь|Рубцовск|Пятигорск|Коломна|Одинцово|Домодедово|Серпухов|Ковров
Ханты-Мансийск|Новый Уренгой|Нефтеюганск|Ноябрьск|Салават|Миасс|Первоуральск|Обнинск|Кисловодск|Ессентуки|Дербент
Каспийск|Элиста|Майкоп|Черкесск|Магадан|Петропавловск-Камчатский|Горно-Алтайск|Кызыл|Биробиджан|Анапа|Геленджик
Минск|Гомель|Витебск|Могилёв|Гродно|Брест|Алматы|Астана|Шымкент|Караганда|Актобе|Павлодар|Усть-Каменогорск|Атырау
Ташкент|Самарканд|Бишкек|Душанбе|Ереван|Тбилиси|Батуми|Баку|Кишинёв|Киев|Харьков|Одесса|Рига|Вильнюс|Таллин
London|Berlin|Paris|Madrid|Barcelona|Rome|Milan|Vienna|Zurich|Geneva|Amsterdam|Brussels|Prague|Warsaw|Budapest
Munich|Hamburg|Frankfurt|Cologne|Stuttgart|Düsseldorf|Leipzig|Dublin|Lisbon|Porto|Stockholm|Oslo|Copenhagen|Helsinki
New York|Los Angeles|San Francisco|Chicago|Boston|Seattle|Austin|Houston|Dallas|Miami|Atlanta|Denver|Toronto|Vancouver
Montreal|Dubai|Abu Dhabi|Istanbul|Ankara|Tel Aviv|Singapore|Hong Kong|Shanghai|Beijing|Tokyo|Seoul|Sydney|Melbourne
São Paulo|Rio de Janeiro|Buenos Aires|Mexico City|Moscow|Saint Petersburg|Tbilisi|Yerevan|Almaty|Astana|Tashkent|Minsk
Belgrade|Limassol|Riga|Vilnius|Tallinn|Athens|Sofia|Bucharest|Zagreb|Ljubljana|Kyiv|Delhi|Mumbai|Bangalore
"""
_SHORT = {
    "спб": "Санкт-Петербург",
    "питер": "Санкт-Петербург",
    "мск": "Москва",
    "екб": "Екатеринбург",
    "нск": "Новосибирск",
}
# A first name as well: only «г. Владимир» makes it a city.
_ALSO_NAMES = frozenset({"владимир", "sofia"})
_KNOWN = {
    name.casefold().replace("ё", "е"): name for line in _NAMES.split("\n") for name in line.split("|") if name
} | _SHORT
_MARKED = re.compile(
    r"(?:^|[\s,(])(?:г\.\s?о\.|г\.|гор\.|город|city of)\s*([A-ZА-ЯЁ][\w\-]+(?:[ \-](?:на[ \-])?[A-ZА-ЯЁ][\w\-]+)?)"
)


def city_of(text: str) -> str:
    """«614000, Россия, г. Пермь, ул. Ленина 5» → Пермь; '' where no city is known for certain."""
    marked = _MARKED.search(text)
    if marked:
        whole = marked[1]
        return _known(whole) or _known(whole.split()[0]) or whole.split()[0]
    for part in re.split(r"[,;/()]", text):
        found = _known(part)
        if found and part.strip().casefold() not in _ALSO_NAMES:
            return found
    return ""


def _known(text: str) -> str:
    return _KNOWN.get(" ".join(text.split()).casefold().replace("ё", "е"), "")
