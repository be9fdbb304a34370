"""Finnish case forms: against forms written by hand and against the tables' own columns."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.call.municipality import DATA
from bot.call.name_forms import CASES, CLITICS, case_forms, without_clitic

# nominative, genitive: partitive, inessive, illative, adessive, allative, essive
BY_HAND = """
Helsinki Helsingin: Helsinkiä Helsingissä Helsinkiin Helsingillä Helsingille Helsinkinä
Espoo Espoon: Espoota Espoossa Espooseen Espoolla Espoolle Espoona
Vantaa Vantaan: Vantaata Vantaassa Vantaaseen Vantaalla Vantaalle Vantaana
Turku Turun: Turkua Turussa Turkuun Turulla Turulle Turkuna
Tampere Tampereen: Tamperetta Tampereessa Tampereeseen Tampereella Tampereelle Tampereena
Oulu Oulun: Oulua Oulussa Ouluun Oululla Oululle Ouluna
Lahti Lahden: Lahtea Lahdessa Lahteen Lahdella Lahdelle Lahtena
Jyväskylä Jyväskylän: Jyväskylää Jyväskylässä Jyväskylään Jyväskylällä Jyväskylälle Jyväskylänä
Kuopio Kuopion: Kuopiota Kuopiossa Kuopioon Kuopiolla Kuopiolle Kuopiona
Pori Porin: Poria Porissa Poriin Porilla Porille Porina
Kotka Kotkan: Kotkaa Kotkassa Kotkaan Kotkalla Kotkalle Kotkana
Joensuu Joensuun: Joensuuta Joensuussa Joensuuhun Joensuulla Joensuulle Joensuuna
Seinäjoki Seinäjoen: Seinäjokea Seinäjoessa Seinäjokeen Seinäjoella Seinäjoelle Seinäjokena
Rovaniemi Rovaniemen: Rovaniemeä Rovaniemessä Rovaniemeen Rovaniemellä Rovaniemelle Rovaniemenä
Järvenpää Järvenpään: Järvenpäätä Järvenpäässä Järvenpäähän Järvenpäällä Järvenpäälle Järvenpäänä
Riihimäki Riihimäen: Riihimäkeä Riihimäessä Riihimäkeen Riihimäellä Riihimäelle Riihimäkenä
Alavus Alavuden: Alavutta Alavudessa Alavuteen Alavudella Alavudelle Alavutena
Varkaus Varkauden: Varkautta Varkaudessa Varkauteen Varkaudella Varkaudelle Varkautena
Kannus Kannuksen: Kannusta Kannuksessa Kannukseen Kannuksella Kannukselle Kannuksena
Nurmes Nurmeksen: Nurmesta Nurmeksessa Nurmekseen Nurmeksella Nurmekselle Nurmeksena
Muhos Muhoksen: Muhosta Muhoksessa Muhokseen Muhoksella Muhokselle Muhoksena
Pihtipudas Pihtiputaan: Pihtipudasta Pihtiputaassa Pihtiputaaseen Pihtiputaalla Pihtiputaalle Pihtiputaana
Haapavesi Haapaveden: Haapavettä Haapavedessä Haapaveteen Haapavedellä Haapavedelle Haapavetenä
Pietarsaari Pietarsaaren: Pietarsaarta Pietarsaaressa Pietarsaareen Pietarsaarella Pietarsaarelle Pietarsaarena
Iisalmi Iisalmen: Iisalmea Iisalmessa Iisalmeen Iisalmella Iisalmelle Iisalmena
Äänekoski Äänekosken: Äänekoskea Äänekoskessa Äänekoskeen Äänekoskella Äänekoskelle Äänekoskena
Loppi Lopen: Loppea Lopessa Loppeen Lopella Lopelle Loppena
Hanko Hangon: Hankoa Hangossa Hankoon Hangolla Hangolle Hankona
Lieto Liedon: Lietoa Liedossa Lietoon Liedolla Liedolle Lietona
Outokumpu Outokummun: Outokumpua Outokummussa Outokumpuun Outokummulla Outokummulle Outokumpuna
Toholampi Toholammin: Toholampia Toholammissa Toholampiin Toholammilla Toholammille Toholampina
Lappeenranta Lappeenrannan: Lappeenrantaa Lappeenrannassa Lappeenrantaan Lappeenrannalla Lappeenrannalle Lappeenrantana
Keitele Keiteleen: Keitelettä Keiteleessä Keiteleeseen Keiteleellä Keiteleelle Keiteleenä
Muurame Muuramen: Muuramea Muuramessa Muurameen Muuramella Muuramelle Muuramena
Ii Iin: Iitä Iissä Iihin Iillä Iille Iinä
Punkalaidun Punkalaitumen: Punkalaidunta Punkalaitumessa Punkalaitumeen Punkalaitumella Punkalaitumelle Punkalaitumena
Kaustinen Kaustisen: Kaustista Kaustisessa Kaustiseen Kaustisella Kaustiselle Kaustisena
Kauniainen Kauniaisten: Kauniaisia Kauniaisissa Kauniaisiin Kauniaisilla Kauniaisille Kauniaisina
Uusikaupunki Uudenkaupungin: Uuttakaupunkia Uudessakaupungissa Uuteenkaupunkiin Uudellakaupungilla Uudellekaupungille Uutenakaupunkina
Isokyrö Isonkyrön: Isoakyröä Isossakyrössä Isoonkyröön Isollakyröllä Isollekyrölle Isonakyrönä
Virrat Virtojen: Virtoja Virroissa Virtoihin Virroilla Virroille Virtoina
Finström Finströmin: Finströmiä Finströmissä Finströmiin Finströmillä Finströmille Finströminä
Brändö Brändön: Brändöä Brändössä Brändöhön Brändöllä Brändölle Brändönä
Mänttä-Vilppula Mänttä-Vilppulan: Mänttä-Vilppulaa Mänttä-Vilppulassa Mänttä-Vilppulaan Mänttä-Vilppulalla Mänttä-Vilppulalle Mänttä-Vilppulana
"""
ORDER = ("partitive", "inessive", "illative", "adessive", "allative", "essive")


@pytest.mark.parametrize("line", BY_HAND.strip().splitlines())
def test_forms_written_by_hand(line: str) -> None:
    names, _, expected = line.partition(": ")
    forms = case_forms(*names.split())
    for case, form in zip(ORDER, expected.split(), strict=True):
        assert form in forms[case], case


def test_every_case_has_a_form() -> None:
    assert all(case_forms("Uusikaupunki", "Uudenkaupungin")[case] for case in CASES)


# Kangasala and Leppävirta are irregular; Saltvik takes both vowels; Virrat's stem is in Virtojen.
IRREGULAR = re.compile("Kangasal[lt]|Leppävirroi|Saltviki(ssä|stä)")


@pytest.mark.parametrize("table", ["municipalities.csv", "former_municipalities.csv"])
def test_the_tables_locatives_are_among_the_forms(table: str) -> None:
    missing = []
    with (DATA / table).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name = {"Koski Tl": "Koski", "Pedersören kunta": "Pedersöre"}.get(
                row["name_fi"], row["name_fi"]
            )
            made = {
                form
                for genitive in filter(None, row["genitive"].split("|"))
                for forms in case_forms(name, genitive).values()
                for form in forms
            }
            given = "|".join(row[f"locative_{which}"] for which in ("in", "from", "to"))
            missing += [each for each in given.split("|") if each and each not in made]
    assert [each for each in missing if not IRREGULAR.match(each)] == []


@given(st.sampled_from(sorted(CLITICS)), st.sampled_from(["espoo", "lahdessa", "virroilla"]))
def test_a_clitic_is_taken_off(clitic: str, word: str) -> None:
    assert word in without_clitic(word + clitic)


@given(st.text())
def test_what_is_left_is_always_the_beginning(word: str) -> None:
    for base in without_clitic(word):
        assert word.startswith(base)
