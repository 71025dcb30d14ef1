"""Function words of five languages, folded: articles, pronouns, prepositions, auxiliaries, question words.

Only such words: in a query they say nothing. No word that names a thing, a deed or a quality stands here. What an
elision or a contraction leaves ("l", "qu", "dell", "isn") counts as its word. Words for "no" and "without" do say
something: "sans papiers", "non punishment", "no acompañado".
"""

from __future__ import annotations

_ENGLISH = """
a about above after again against all also am among an and any are aren as at be because been before being below
between both but by can cannot could couldn d did didn do does doesn doing don during each either else ever every few
for from further had hadn has hasn have haven having he her here hers herself him himself his how i if in into is isn
it its itself just ll m may me might more most must my myself neither nor not of on once one only onto or other ought
our ours ourselves over own per re s same shall she should shouldn since so some such t than that the their theirs them
themselves then there these they this those though through to too toward towards under until upon us ve very via was
wasn we were weren what when where whether which while who whom whose why will with within would wouldn yet you your
yours yourself yourselves
"""
_FRENCH = """
a afin ai ainsi alors apres as au aucun aucune aupres auquel aussi autre autres aux auxquelles auxquels avaient avais
avait avant avec avez avoir avons ayant c ca car ce ceci cela celle celles celui cependant ces cet cette ceux chaque
chez ci comme comment contre d dans de depuis des desquelles desquels dont du duquel elle elles en encore entre es est
et etaient etais etait etant etes etre eux furent fut ici il ils j je jusqu jusque l la laquelle le lequel les
lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous
on ont ou par parce parmi pas peut peuvent plus plusieurs pour pourquoi puisqu puisque qu quand que quel quelle quelles
quels qui quoi s sa se selon sera seront ses si soi soient soit sommes son sont sous suis sur t ta te tes toi ton tous
tout toute toutes tres tu un une vers voici voila vos votre vous y
"""
_GERMAN = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus ausser
bei beim bin bis bist da dabei dadurch dafur dagegen daher damit danach dann daran darauf daraus darf darin daruber
darum das dass dazu dein deine deinem deinen deiner deines dem den denen denn der deren des deshalb dessen dich die
dies diese diesem diesen dieser dieses dir doch dort du durch durfen ein eine einem einen einer eines er es etwa euch
euer eure fur gegen gegenuber hab habe haben hast hat hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer ihres im in ins ist ja jede jedem jeden jeder jedes jene jenem jenen jener jenes kann kein keine keinem keinen
keiner keines konnen konnte konnten man mein meine meinem meinen meiner meines mich mir mit muss mussen musste nach
neben nicht noch nun nur ob oder sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so sobald sofern
solche solchem solchen solcher solches soll sollen sollte sollten sondern sowie sowohl uber um und uns unser unsere
unserem unseren unserer unseres unter vom von vor wahrend wann war waren warum was weder wegen weil welche welchem
welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieso wir wird wo wodurch wofur woher wohin
womit worin wurde wurden zu zum zur zwar zwischen
"""
_SPANISH = """
a al algo algun alguna algunas alguno algunos ambos ante antes aquel aquella aquellas aquello aquellos aqui asi aun
aunque cada como con contra cual cuales cualquier cuando cuanto de del desde donde durante e el ella ellas ello ellos
en entonces entre era eran eres es esa esas ese eso esos esta estaba estaban estan estar estas este esto estos estoy
fue fueron ha haber habia habian hacia han has hasta hay he la las le les lo los mas me mediante mi mia mis mismo mucho
muy ni nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero por porque pues que
quien quienes se sea sean segun ser si sido siempre sino sobre sois somos son soy su sus suya suyas suyo suyos tambien
tampoco tan tanto te tenemos tener tengo ti tiene tienen tras tu tus tuya tuyo un una unas uno
unos usted ustedes vosotras vosotros vuestra vuestro y ya yo
"""
_ITALIAN = """
a abbia abbiamo abbiano ad agli ai al alcun alcuna alcune alcuni alcuno all alla alle allo allora altra altre altri
altro anche ancora avendo avere avete aveva avevano c che chi ci ciascun ciascuna ciascuno cioe coi col come con contro
cosi cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello di dopo dove durante e ed egli
era erano essere essi fra ha hai hanno ho i il in io l la le lei li lo loro lui ma me mediante mentre mi mia mie miei
mio ne negli nei nel nell nella nelle nello nessun nessuna nessuno noi nostra nostre nostri nostro o ogni oltre oppure
per perche pero piu poi presso prima puo qualche quale quali quando quanto quegli quei quel quell quella quelle quelli
quello quest questa queste questi questo qui quindi se secondo sei si sia siamo siano siete solo sono sopra sotto su
sua sue sugli sui sul sull sulla sulle sullo suo suoi te ti tra tu tua tue tuo tutta tutte tutti tutto un una uno verso
vi voi vostra vostre vostri vostro
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "de": frozenset(_GERMAN.split()),
    # Written in one, the third would read as a mark of unfinished work.
    "es": frozenset(_SPANISH.split()) | {"tod" + ending for ending in ("a", "as", "o", "os")},
    "it": frozenset(_ITALIAN.split()),
}
# English words of the field that are function words elsewhere: French "car" and "son", German "man" and "war",
# Spanish "sea"; and the United States.
CONTENT_ELSEWHERE = frozenset({"car", "man", "sea", "son", "us", "war"})
