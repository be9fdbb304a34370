"""Municipalities: look-up, finding them in messages, and mistakes in the tables."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.call.municipality import DATA, Municipalities, municipalities
from bot.call.name_finder import Mention
from bot.call.name_forms import case_forms

PLACES = municipalities()
ELIGIBLE = {"Helsinki", "Espoo", "Vantaa", "Turku", "Tampere", "Oulu", "Lahti"}
TABLES = ("municipalities.csv", "former_municipalities.csv", "places.csv")
FILES = (*TABLES, "ordinary_words.txt")


def found(text: str) -> list[str]:
    return [mention.name for mention in PLACES.find(text)]


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / table).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


# The tables


def test_there_are_309() -> None:
    assert len(PLACES.all()) == len({each.code for each in PLACES.all()}) == 309


def test_look_up_by_name() -> None:
    espoo = PLACES.get("espoo")
    assert espoo is not None and espoo == PLACES.get("Esbo")
    assert (espoo.code, espoo.genitive, espoo.locative_in) == ("049", "Espoon", "Espoossa")
    assert (espoo.residents, espoo.exact) == (55624, True)
    assert PLACES.get("Nastola") is None and PLACES.get("Tukholma") is None


def test_a_bound_is_no_number() -> None:
    pertunmaa = PLACES.get("Pertunmaa")
    assert pertunmaa is not None
    assert (pertunmaa.residents, pertunmaa.residents_low, pertunmaa.residents_high) == (
        None,
        0,
        172,
    )
    assert not pertunmaa.exact


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FILES:
        shutil.copy(DATA / file, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("municipalities.csv", "020,Akaa", "20,Akaa", ["line 8", "code", "'20'"]),
        ("municipalities.csv", "020,Akaa", "005,Akaa", ["line 8", "code", "twice"]),
        ("municipalities.csv", ",392,392,392,", ",392,many,392,", ["line 8", "residents_low"]),
        ("municipalities.csv", ",392,392,392,", ",392,393,394,", ["line 8", "residents_low"]),
        ("municipalities.csv", ",392,392,392,", ",392,392,394,", ["line 8", "residents_high"]),
        ("municipalities.csv", ",392,392,392,exact", ",392,392,392,sure", ["line 8", "basis"]),
        ("municipalities.csv", "Akaan,Akaassa", ",Akaassa", ["line 8", "genitive"]),
        ("municipalities.csv", "020,Akaa,", "020,,", ["line 8", "name_fi"]),
        ("municipalities.csv", "code,name_fi", "number,name_fi", ["line 1", "code"]),
        ("municipalities.csv", "020,Akaa,", "020,", ["line 8"]),
        ("former_municipalities.csv", ",2016,398,", ",2016,999,", ["current_code", "'999'"]),
        ("places.csv", ",region,", ",county,", ["line 2", "kind", "'county'"]),
    ],
)
def test_a_mistake_is_named(folder: Path, table: str, old: str, new: str, told: list[str]) -> None:
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError) as mistake:
        Municipalities.load(folder)
    for part in [table, *told]:
        assert part in str(mistake.value)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_table_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ValueError, match=re.escape(file)):
        Municipalities.load(folder)


# Every name in every form


def written_forms(row: dict[str, str]) -> set[str]:
    name = {"Koski Tl": "Koski", "Pedersören kunta": "Pedersöre"}.get(
        row["name_fi"], row["name_fi"]
    )
    made = {
        form
        for genitive in row["genitive"].split("|")
        for forms in case_forms(name, genitive).values()
        for form in forms
    }
    given = "|".join(row[f"locative_{which}"] for which in ("in", "from", "to")).split("|")
    return made | set(given) | {row["name_fi"]}


@pytest.mark.parametrize(
    "clitic", ["", "kin", "kaan", "kään", "ko", "kö", "han", "pa", "kohan", "köhän", "kinko"]
)
def test_every_form_is_found(clitic: str) -> None:
    missed = [
        form + clitic
        for row in rows("municipalities.csv")
        for form in written_forms(row)
        if found(f"Entä {form}{clitic}?") != [row["name_fi"]]
    ]
    assert missed == []


@pytest.mark.parametrize(
    "message", ["{} kan ansöka", "Får {} ansöka?", "{}s ansökan", "{}'s plans"]
)
def test_every_swedish_name_is_found(message: str) -> None:
    missed = [
        each.name_sv
        for each in PLACES.all()
        if found(message.format(each.name_sv)) != [each.name_fi]
    ]
    # In "Salos ansökan" and "Lahtis's plans" nothing shows that the ordinary word is not meant.
    common = {row["name_sv"] for row in rows("municipalities.csv") if row["common_word"]}
    assert set(missed) <= common


def test_typed_without_accents() -> None:
    plain = str.maketrans("åäö", "aao")
    missed = {
        row["name_fi"]
        for row in rows("municipalities.csv")
        if found(row["name_fi"].lower().translate(plain)) != [row["name_fi"]]
    }
    assert missed == {"Kökar"}  # "kokar" is Swedish for "is boiling"


@pytest.mark.parametrize("row", rows("former_municipalities.csv"), ids=lambda row: row["name_fi"])
def test_former_ones_lead_to_their_successor(row: dict[str, str]) -> None:
    mentions = PLACES.find(f"Entä {row['name_fi']}?")
    if row["name_fi"] == "Lappi":
        assert [(each.kind, each.name) for each in mentions] == [("place", "Lappi")]
        return
    successors = {
        next(each.name_fi for each in PLACES.all() if each.code == other["current_code"])
        for other in rows("former_municipalities.csv")
        if other["name_fi"] == row["name_fi"]
    }
    assert [each.former for each in mentions] == [row["name_fi"]]
    assert mentions[0].name in successors


@pytest.mark.parametrize("row", rows("places.csv"), ids=lambda row: row["name_fi"])
def test_places_are_found(row: dict[str, str]) -> None:
    for name in (row["name_fi"], row["genitive"].split("|")[0]):
        assert [(each.kind, each.name) for each in PLACES.find(f"Entä {name}?")] == [
            ("place", row["name_fi"])
        ]


# Messages


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Voiko Espoo hakea?", ["Espoo"]),
        ("voiko oulun kaupunki hakea", ["Oulu"]),
        ("Saako Espoon kaupunki tai Vantaa hakea?", ["Espoo", "Vantaa"]),
        ("Can Turku apply?", ["Turku"]),
        ("Får Esbo söka?", ["Espoo"]),
        ("i Åbo och från Vanda", ["Turku", "Vantaa"]),
        ("Espoo’s share", ["Espoo"]),
        ("Helsinki-Vantaa", ["Helsinki", "Vantaa"]),
        ("Etelä-Espoo", ["Espoo"]),
        ("Hki:ssä", ["Helsinki"]),
        ("Stadissa", ["Helsinki"]),
        ("Treella", ["Tampere"]),
        ("H:fors", ["Helsinki"]),
        ("helsinkiläinen yhdistys", ["Helsinki"]),
        ("turkulaisille", ["Turku"]),
        ("S:t Karins", ["Kaarina"]),
        ("St. Michel", ["Mikkeli"]),
        ("Sankt Mårtens", ["Marttila"]),
        ("Koski Tl:n kunta", ["Koski Tl"]),
        ("Pedersören kunta", ["Pedersören kunta"]),
        ("Uudessakaarlepyyssä", ["Uusikaarlepyy"]),
        ("isokyrössä", ["Isokyrö"]),
        ("jyvaskyla", ["Jyväskylä"]),
        ("aanekoski", ["Äänekoski"]),
        ("JYVA\u0308SKYLA\u0308", ["Jyväskylä"]),
        ("VOIKO LAHTI HAKEA", ["Lahti"]),
        ("voiko lahti hakea", ["Lahti"]),
        ("lahti", ["Lahti"]),
        ("entä lahti?", ["Lahti"]),
        ("ei kun salo", ["Salo"]),
        ("what about lahti?", ["Lahti"]),
        ("och nokia", ["Nokia"]),
        ("lahden kaupunki", ["Lahti"]),
        ("city of lahti", ["Lahti"]),
        ("espoo ja lahti mukana", ["Espoo", "Lahti"]),
        ("Asun Lahdessa.", ["Lahti"]),
        ("Nokialla on asiaa", ["Nokia"]),
        ("Miten Lahti pärjää?", ["Lahti"]),
        ("Pohjois-Pohjanmaalta", ["Pohjois-Pohjanmaa"]),
        ("Etelä-Savo", ["Etelä-Savo"]),
        ("Pohjanmaa", ["Pohjanmaa"]),
        ("Voiko Turkki hakea?", ["Turkki"]),
        ("Voiko Kallio hakea?", ["Kallio"]),
        ("voiko tukholma hakea", ["Tukholma"]),
        ("voiko lappi hakea", ["Lappi"]),
        ("Nähdäänkö Kaarinassa", ["Kaarina"]),
        ("how many live in lahti", ["Lahti"]),
        ("i vanda", ["Vantaa"]),
        ("Gustwv Adolfs?", ["Hartola"]),
        ("Kiitos Kaarina, tämä auttoi", []),
        ("Is Nokia a sponsor?", []),
        ("Is Nokia eligible?", ["Nokia"]),
        ("Can a hair salon apply?", []),
        ("can salo apply for the grant?", ["Salo"]),
        ("Voiko salo hakea?", ["Salo"]),
        ("Voiko Salo hakea?", ["Salo"]),
        ("Måste kommunen ingå ett skriftligt avtal?", []),
        ("Kan kommunen Ingå söka?", ["Inkoo"]),
        ("Kari Nousiainen soitti", []),
        ("Tuomas Riihimäki soitti", []),
        ("fartyget Vasa", []),
        ("voiko Helsinkikn hakea", ["Helsinki"]),
        ("voiko espokoin hakea", ["Espoo"]),
    ],
)
def test_messages(message: str, names: list[str]) -> None:
    assert found(message) == names


def test_a_typing_error_does_not_reach_over_the_next_word() -> None:
    text = "next after Helsinki in size?"
    assert [text[each.start : each.end] for each in PLACES.find(text)] == ["Helsinki"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rauna", "Ranua"),  # the same letters: not Rauma
        ("jemijärveltä", "Kemijärvi"),  # j beside k: not Jämijärvi
        ("karkila", "Karkkila"),  # a doubled letter once: not Kärkölä
        ("kartulassa", "Karstula"),  # not Karttula, which is former
    ],
)
def test_of_several_names_the_likeliest_is_meant(typed: str, meant: str) -> None:
    assert found(f"{typed}?") == [meant]


def test_what_a_mention_holds() -> None:
    assert PLACES.find("Saako Nastola vai Tallinna hakea?") == [
        Mention(6, 13, "municipality", "Lahti", "Nastola", True),
        Mention(18, 26, "place", "Tallinna", None, True),
    ]
    assert PLACES.find("Voiko Hesinki hakea?") == [
        Mention(6, 13, "municipality", "Helsinki", None, False)
    ]


@given(st.text())
def test_any_text_is_searched(text: str) -> None:
    end = 0
    for mention in PLACES.find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.text(alphabet=" ,.\n?aäehinoöst", max_size=30))
def test_a_name_is_found_amid_anything(around: str) -> None:
    text = f"{around} Helsingissä {around}"
    assert any(text[each.start : each.end] == "Helsingissä" for each in PLACES.find(text))


# Ordinary words


ORDINARY = (
    "turkki turkis turkka koulu kahden lähti lähteä vastaa antaa kantaa kello perhe hanke maksu"
    " tieto loppu vandra andra stora ingår inga tempera lahdet joulu expo esko kurkku"
)


@pytest.mark.parametrize("word", ORDINARY.split())
@pytest.mark.parametrize(
    "message", ["{}", "{}?", "Voiko {} hakea?", "Onko {} mukana", "Kan {} söka"]
)
def test_ordinary_words_are_never_an_eligible_municipality(word: str, message: str) -> None:
    for text in (message.format(word), message.format(word.capitalize())):
        assert not ELIGIBLE.intersection(found(text))


def test_known_words_are_no_typing_errors() -> None:
    assert found("Voiko Helsinkj hakea?") == ["Helsinki"]
    assert PLACES.find("Voiko Helsinkj hakea?", {"helsinkj"}) == []


# Messages that name none; of these at most one may be mistaken.
NONE = """
Laiva tuli lahteen | Rannalla on kaunis lahti | Lahdet jäätyivät | Mökki on lahden rannalla | Uimme lahdessa
Saalista metsästi suuri kotka | Kotka lensi yli | näin kotkan eilen | kotkat pesivät saaressa | Sydänmaan salo on synkkä
Salo soi | metsän salolla | kolari oli paha | Kolarissa ei loukkaantunut kukaan eilen illalla? | kolarin syytä tutkitaan
ajoin kolarin | Aura puskee lunta | aura jäi talliin | auran terä | auringon aura | traktori ja aura | hanko katkesi
heinähanko ja hanko | nosta hangolla | perho ja virveli | sidoin perhon | perhoja on monta | II vaihe alkaa | osa II
Onko II hakukierros auki? | Nokia Oyj | Nokian renkaat ovat hyvät | nokian puhelin | Nokia Networks toimii | Nokian Renkaat Oyj
Simo Virtanen | Simo kysyy asiaa | simo tuli käymään | Salla kysyy | Salla Mäkinen soitti | salla ei ole paikalla
Kaarina Virtanen | Kaarina kirjoittaa | Soini Korhonen | Matti Salo soitti | Jukka Lahti | Pekka Kotka | Anna Marttila
Minna Tammela | Timo Soini | Laura Nivala | Lahti Precision | Raisio Oyj | Outokumpu Oyj | kannus kilisee | ratsastajan kannus
virrat vievät | voimakkaat virrat | varkaus tapahtui yöllä | ilmoitin varkaudesta | varkauden uhri | luoto näkyy kaukana
kivinen luoto | multia on monta lajia | pellon laidalla | pellot on kynnetty | pellossa kasvaa ruista | aamun rusko
sulkava ovi | kurikka ja puukko | inari on nimi | koski kuohuu | mitä päätös koski | asia koskee meitä | kosken partaalla
pohja on märkä | pohjan kautta | eno tuli kylään | enoni asuu maalla | kisko vääntyi | saari on autio | saaressa on mökki
kuru on syvä | lammi ei ole lampi | kuka vastaa hausta | Kuka vastaa hakemuksesta? | vastaa suomeksi | Vastaatko ruotsiksi
Kahden viikon päästä | kahdessa osassa | koulu alkaa | koulun rehtori | koulussa on opettaja | joulu tulee | tiedon puute
lisää tietoa hausta | tieto on tärkeää | tiedoksi teille | kellon aika | paljonko kello on | kello neljältä | loppu hyvin
lopulta kaikki on selvää | milloin haku loppuu | perheen asiat | perhe tarvitsee apua | perheelle | maksu on maksettu
maksun voi maksaa myöhemmin | laskun eräpäivä | hanke alkaa heti | hankkeen budjetti | hankkeessa on kumppaneita | hanketta
kuvan voi liittää | kuvat ovat liitteenä | junan aikataulu | lupa on saatu | luvan ehdot | turkis on lämmin | turkiksen hinta
Turkka tuli | suru on suuri | kurkku on kipeä | lähtö on huomenna | lähdetkö mukaan | lähteet on mainittu | lähde on luotettava
lehti kirjoitti | talon katto | talossa asuu väkeä | valon nopeus | sato oli hyvä | sali on varattu | salin avain
torin laidalla | parin viikon päästä | korin pohjalla | poron liha | portti on kiinni | pora ei toimi | puron varrella
kemian koe | nimi puuttuu | nimen voi vaihtaa | kerta kaikkiaan | kerran viikossa | kerron lisää | kaavio on selkeä
kaavan mukaan | rauha maassa | rahan määrä | rahaa on vähän | raha ei riitä | rauta ruostuu | onko rahaa jäljellä
voimaan tulo | voimaa riittää | toimiiko lomake | torni on korkea | tornin huippu | kopio liitteestä | kopion saa
halua on | haluan kysyä | haluaisin tietää lisää | hakuaika päättyy | mihin hakemus lähetetään | mitä liitteitä tarvitaan
Kuka saa hakea? | Ketkä voivat hakea? | saako yhdistys hakea | voiko yritys hakea | Voiko koulu hakea? | voiko perhe hakea
Voiko kunta hakea | Mikä kunta voi hakea? | saako säätiö hakea avustusta | voiko hanke saada rahaa | milloin voi hakea
hakulomake puuttuu | paljonko aikaa on jäljellä | mikä on viimeinen päivä | kuka päättää | mitä osaamiskeskus tarkoittaa
onko muuta rahoitusta | kiitos avusta | hei hei | moi | kyllä | ei | en tiedä | auta minua | anna numero | kerro lisää
Mitä palvelun pitää sisältää | asiakasohjaus | vieraskielisten määrä | onko raja ehdoton | mistä luku tulee | lisäaika
Saako hakemuksen lähettää sähköpostilla | kirjaamon osoite | Onko paperi sallittu | avustuksen määrä | omarahoitus
Vaalit lähestyvät | vaalin tulos | vaara ohi | terveyden vuoksi | terve taas | kiitä häntä | pois päältä | poista tiedot
siellä on hiljaista | sieni ja marja | soitto myöhemmin | soitin eilen | kannu kahvia | kannet kiinni | kannustaa hakemaan
ohje on selkeä | ohjeen mukaan | pohjassa lukee | lahja on kaunis | apua | lappu ovessa | lasku | joustava aikataulu
muutos on iso | muutoksen jälkeen | syömässä | juomaa | kansi auki | koti on tärkeä | kotona ja töissä | kotia kohti
en sund själ | sunda vanor | det är sunt | fartyget vasa | vi får vara med | vara eller inte | kan vi ansöka | får vi söka
Får en skola ansöka? | Kan en förening söka? | vem får ansöka | hur många är tre kommuner | tre veckor kvar | alla tre
vad ingår i tjänsten | det ingår | inga bilagor | ingen vet | stora kommuner | en stor kommun | hur stort är bidraget
andra möjligheter | den andra frågan | vandra i skogen | vända sig till er | vana och ovana | hälsa på | hälsan först
hänga med | hur länge | när går tiden ut | sista dagen | senast klockan fyra | var hittar jag blanketten | hitta blanketten
vilka bilagor behövs | tack för hjälpen | hej | god morgon | nej tack | ja gärna | prata svenska | kan du engelska
berätta mer | vem bestämmer | mera pengar | hur mycket pengar | registratorskontoret | är utlysningen öppen | en lista
vård och omsorg | vårda barnen | brända mandlar | visa mig | det visas här | rollen är klar | landa mjukt | starta om
who can apply | can a company apply | may a school apply? | can we apply together | is it too late | what is the deadline
how many days are left | how much money is there | which attachments are needed | where is the form | an aura of mystery
her aura | a bay window | the sail is up | also in English | salt and pepper | open the form | is it open | the bottom line
small towns | all municipalities | the hand | a panda | turn it off | turns out | hello | hi there | thank you | thanks
the hall is full | send it by email | sound advice | fund the project | found it | stores are open | a tree | green light
info please | more info | what is eligible | foreign-language speakers | the union | brands | kids are fine | she asks
not eligible then | call me | a person please | are you a robot | tell me more | the pilot | language courses | the same
Nokia Corporation | my Nokia phone | the Nokia tyres are old | Turkey sandwich is not asked
"""
SENTENCES = [each.strip() for line in NONE.strip().splitlines() for each in line.split("|")]


def test_messages_that_name_no_municipality() -> None:
    false = {
        text: mentions
        for text in SENTENCES
        if (mentions := [each for each in PLACES.find(text) if each.kind == "municipality"])
    }
    assert len(SENTENCES) >= 300
    assert len(false) <= 1, false
    assert not [each for mentions in false.values() for each in mentions if each.name in ELIGIBLE]
