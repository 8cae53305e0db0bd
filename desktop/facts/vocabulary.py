"""Closed word lists of English that the fact rules consult: function words, stance, countries."""

from __future__ import annotations


def words(text: str, separator: str | None = None) -> frozenset[str]:
    """Split a block of words (or of names between ``separator``) into a set."""
    return frozenset(" ".join(word.split()) for word in text.split(separator))


#: Linking words that open a sentence and can go without a change of what it says.
CONNECTIVES = words(
    """and but yet so also however moreover furthermore additionally besides indeed thus hence
    therefore accordingly consequently nevertheless nonetheless still then finally again
    likewise meanwhile"""
)
#: The same, of several words, each followed by a comma in the text.
CONNECTIVE_PHRASES = (
    "in addition", "in fact", "as a result", "after all", "in turn", "as mentioned",
    "as mentioned earlier", "as noted above", "as noted earlier", "of course", "in other words",
    "on the other hand", "by contrast", "in contrast", "as such", "for instance", "for example",
    "to this end", "in this context", "at the same time", "in short", "in sum", "as we have seen",
)  # fmt: skip
#: Connectives after which the sentence lives on what came before.
LEANING = words(
    """instead otherwise similarly conversely rather such namely accordingly likewise either
    neither nor worse firstly secondly thirdly lastly first second third elsewhere there here
    overall ultimately alternatively nearby"""
)

#: Nouns that one may meet with "the" for the first time: there is only one, or it is a kind.
UNIQUE_NOUNS = words(
    """world earth sun moon sky sea ocean atmosphere universe globe planet equator west east north
    south press media internet public past present future economy population poor rich brain body
    heart mind eye ear skin lung liver kidney stomach self environment climate weather bible police
    military weekend morning evening night day summer winter spring autumn truth rule law sciences
    arts humanities law dead living unemployed elderly young old blind deaf left right centre
    center front rear beginning horizon market stage cinema theatre theater radio telephone"""
)
#: Nouns that mostly take up something said before ("the dispute", "the move").
TAKING_UP = words(
    """dispute issue move decision plan effort claim argument incident event episode affair matter
    question problem situation condition circumstance example instance case result outcome effect
    consequence statement declaration announcement proposal suggestion remark comment report
    document text book article essay paper letter speech meeting conference summit talk visit deal
    agreement pact treaty accord alliance relationship partnership attack battle conflict crisis
    war invasion operation campaign change shift development trend finding study experiment
    researcher participant subject group team company firm organization organisation agency
    institution building site place area region territory nation president minister leader man
    woman author writer scientist process method approach system model technique structure project
    program programme policy measure rule law bill act test trial victim patient child couple pair
    city town village state country district capital river island lake church museum factory duchy
    kingdom empire army fleet court council committee board party union club school college
    university hospital station bridge castle palace park street building tower garden act prize
    award book newspaper magazine journal film song play king queen emperor bank firm ship
    theater theatre house
    exception channel network series episode season exhibition
    two three four former latter same rest remainder first second third other last"""
)

#: Nouns that are no terms when a sentence says what they are ("The aim is …").
EMPTY = words(
    """example goal purpose aim reason way part kind type sort form thing point cause key problem
    difference advantage disadvantage benefit step stage solution answer source feature aspect
    factor element characteristic function role task symptom sign lot number majority word term
    name phrase study finding version use value rest remainder basis focus figure"""
)

#: Words that judge; a sentence whose predicate they make is a view and not a fact.
EVALUATIVE = words(
    """good better best bad worse worst great greatest terrible horrible awful wonderful excellent
    superb brilliant beautiful ugly macabre ominous obnoxious judicious wise unwise foolish stupid
    silly absurd ridiculous outrageous scandalous shameful disgraceful deplorable regrettable
    unfortunate fortunate lucky sad happy tragic disastrous catastrophic dire grim bleak alarming
    worrying troubling disturbing dangerous risky remarkable extraordinary astonishing astounding
    amazing surprising unsurprising impressive striking stunning spectacular exhilarating exciting
    fascinating interesting boring dull tedious dreary pathetic meager meagre paltry scant mere
    puny outsized serious grave profound tectonic unprecedented crucial vital essential
    imperative necessary important significant decisive clear obvious evident
    undeniable doubtful dubious questionable controversial accurate inaccurate wrong
    unfair just unjust legitimate illegitimate moral immoral noble evil cruel brutal vicious
    ruthless cynical naive hypocritical arrogant reckless irresponsible responsible sensible
    reasonable unreasonable rational irrational credible incredible plausible implausible
    appropriate inappropriate adequate inadequate sufficient insufficient effective ineffective
    useful useless helpful valuable invaluable worthless worthwhile pointless meaningless
    meaningful hopeless promising welcome unwelcome desirable undesirable preferable superior
    inferior perfect flawed disappointing satisfying pleasing pleasant unpleasant lovely
    charming delightful magnificent splendid glorious marvellous marvelous notorious infamous
    illustrious celebrated vexatious assertive destabilizing aggressive bellicose obsessive
    profuse lamentable laudable commendable admirable contemptible despicable nonsense folly
    disgrace tragedy disaster catastrophe triumph miracle mistake blunder failure farce shame
    pity challenge threat danger rough rocky unlikely likely tough
    unhealthy pivotal seminal stark sheer utter"""
)
#: Adverbs by which an author takes a stand towards the sentence.
STANCE = words(
    """surprisingly unsurprisingly unfortunately fortunately regrettably sadly happily luckily
    hopefully ironically tellingly strikingly remarkably interestingly curiously oddly strangely
    clearly obviously evidently undoubtedly doubtless certainly surely definitely admittedly
    arguably presumably apparently seemingly supposedly perhaps maybe possibly probably
    coincidentally incidentally crucially critically significantly notably famously importantly
    frankly honestly rightly wrongly wisely foolishly sensibly alas"""
)
#: Words that weaken a statement; without them it says more than the text.
HEDGES = words(
    """may might could can should would must ought shall will probably possibly perhaps maybe
    likely unlikely reportedly allegedly supposedly purportedly apparently presumably seemingly
    arguably"""
)
NEGATIONS = words("not n't n’t no never none nobody nothing neither nor without hardly")
#: Modal verbs that ask for something instead of telling.
OBLIGATION = words("should must ought shall need")

#: Verbs by which a speaker is quoted.
SAYING = words(
    """say write state declare claim argue note observe remark add announce assert maintain insist
    suggest propose explain conclude report reply answer warn predict believe think contend
    underscore stress emphasize emphasise admit acknowledge deny tell ask affirm proclaim hold
    estimate find"""
)
#: Verbs that say how somebody sees something; what follows "as" is the view.
VIEWING = words(
    """describe characterize characterise call regard view define portray depict label term dub
    refer denounce praise hail condemn brand consider name nickname rename classify"""
)
#: Verbs of holding or rejecting a position.
POSITION = words(
    """support oppose reject endorse back approve disapprove recognize recognise condemn welcome
    favor favour criticize criticise defend advocate demand reaffirm deny accept refuse
    applaud denounce object resist"""
)
#: Nouns that name a person by what they are or do.
HUMAN = words(
    """man woman boy girl person child king queen emperor empress prince princess duke pope bishop
    priest monk saint president minister chancellor premier senator governor mayor general admiral
    colonel captain soldier officer judge lawyer doctor physician nurse engineer architect artist
    painter sculptor musician composer singer poet author writer novelist journalist editor critic
    actor actress director producer philosopher scientist chemist physicist biologist astronomer
    mathematician economist historian psychologist psychiatrist sociologist anthropologist
    theologian scholar professor teacher student pupil researcher inventor explorer merchant
    banker farmer worker patient participant individual leader founder member citizen husband wife
    father mother son daughter brother sister friend colleague successor predecessor heir ruler
    dictator monarch revolutionary reformer player coach quarterback linebacker athlete champion
    winner someone somebody anyone everybody everyone nobody human being adult infant teenager
    adolescent people reader viewer listener speaker observer subject"""
)

#: Offices that somebody holds for a time.
OFFICES = words(
    """president chairman chairwoman chair minister chancellor premier senator governor mayor
    secretary director head leader king queen emperor pope bishop ambassador commissioner commander
    coach captain editor dean rector principal judge congressman congresswoman representative mp ceo
    owner holder champion"""
)

#: Nouns of time and measure: their number is asked for with "how many".
MEASURES = words(
    """page word year month week day hour minute second mile kilometre kilometer metre meter foot
    inch acre hectare ton tonne pound kilogram gram litre liter gallon barrel degree point seat
    member storey story floor room car vote goal game line verse chapter volume"""
)

#: The months, as a group of a pattern.
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)

#: Present and past countries, without their article.
COUNTRIES = words(
    """Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia,
    Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin,
    Bhutan, Bolivia, Bosnia and Herzegovina, Botswana, Brazil, Britain, Great Britain, Brunei,
    Bulgaria, Burkina Faso, Burma, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Chad, Chile,
    China, Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic, Czechoslovakia,
    Denmark, Djibouti, Dominican Republic, East Germany, Ecuador, Egypt, El Salvador, England,
    Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France, Gabon, Gambia, Germany, Ghana,
    Greece, Grenada, Guatemala, Guinea, Guyana, Haiti, Honduras, Hungary, Iceland, India,
    Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan,
    Kazakhstan, Kenya, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya,
    Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta,
    Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro, Morocco, Mozambique,
    Myanmar, Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea,
    North Macedonia, Norway, Oman, Pakistan, Palestine, Panama, Papua New Guinea, Paraguay,
    People's Republic of China, Peru, Philippines, Poland, Portugal, Prussia, Qatar, Romania,
    Russia, Russian Federation, Rwanda, Saudi Arabia, Scotland, Senegal, Serbia, Sierra Leone,
    Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan, Soviet Union,
    Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania,
    Thailand, Togo, Tunisia, Turkey, Turkmenistan, Uganda, UK, Ukraine, United Arab Emirates,
    United Kingdom, United States, United States of America, Uruguay, US, U.S., USA, USSR,
    Uzbekistan, Venezuela, Vietnam, Wales, West Germany, Yemen, Yugoslavia, Zambia,
    Zimbabwe""",
    ",",
)


def is_country(name: str) -> bool:
    """Return whether ``name`` (with or without "the") is a present or past country."""
    bare = " ".join(name.replace("’", "'").split()).removeprefix("the ").removeprefix("The ")
    return bare in COUNTRIES
