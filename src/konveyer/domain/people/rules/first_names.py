"""First names by which a last name is told from a first: Russian with short forms, and the usual foreign ones."""

RUSSIAN = frozenset(
    """
    александр алексей анатолий андрей антон аркадий арсений артем артемий артур альберт ахмед богдан борис вадим
    валентин валерий василий вениамин виктор виталий влад владимир владислав всеволод вячеслав гавриил геннадий
    георгий герман глеб гордей григорий давид дамир даниил данил данила демид демьян денис дмитрий евгений егор
    елисей ефим захар иван игнат игорь илларион ильдар илья иннокентий иосиф ираклий камиль карен кирилл климент
    константин кузьма лаврентий лев леонид леонтий лука макар максим марат марк мартин матвей мирон мирослав
    михаил назар никита николай никон олег оскар остап павел петр платон прохор радик рамиль рашид ренат ринат
    роберт родион роман ростислав руслан рустам савва савелий самуил святослав семен сергей соломон станислав
    степан тарас тигран тимофей тимур тихон трофим федор феликс филипп фома харитон шамиль эдгар эдуард эльдар
    эмиль эмин юлиан юлий юрий юсуф яков ян ярослав
    агата агния аделина азалия аида аксинья алевтина александра алена алина алиса алия алла альбина амина анастасия
    ангелина анжела анжелика анна антонина анфиса ариадна арина валентина валерия варвара василиса вера вероника
    виктория виолетта влада галина гульнара дана дарина дарья джамиля диана дина ева евгения евдокия екатерина елена
    елизавета жанна зарина зинаида злата зоя инга инесса инна ирина ирма камилла карина каролина кира клавдия
    клара кристина ксения лада лариса лейла лиана лидия лилия любовь людмила майя маргарита марианна марина мария
    марта милана мила мирослава надежда наталия наталья нелли ника нина нонна оксана олеся ольга пелагея полина
    раиса регина рената римма роза роксана руслана сабина светлана серафима снежана софия софья стелла стефания
    сусанна таисия тамара татьяна ульяна фаина фатима эвелина элеонора эльвира эльмира эмилия эмма юлиана юлия яна
    ярослава айгуль айдар айрат азат алмаз асхат булат гузель ильнур ильгиз лилиана наиль рафаэль рифат фарид
    саша леша толя гена жора ваня вася витя вова володя гриша данила дима женя костя коля лёня леня макс миша
    никитос паша петя рома сережа слава стас степа тёма тема толик федя юра яша алёна аня вика галя даша лена лера
    лиза люба люда маша надя настя наташа оля поля рита света соня таня тома юля катя ира
    армен арсен ашот гагик гарик гарегин геворг грант ваган вартан самвел сурен тигран арам нарек анаит ануш гаянэ
    гиви гоча заза зураб нодар отар резо тенгиз шота нино тамрико этери тариэль давид вахтанг
    азиз алишер анвар бахтияр бахром дильшод фарход хасан хусейн гулнора дильфуза нигора шахноза улугбек
    асет аслан ерлан нурлан нурсултан бауыржан даурен ержан айнур айжан гульмира динара жанар сауле самат
    """.split()  # noqa: SIM905
)

FOREIGN = frozenset(
    """
    aaron adam adrian alan albert alex alexander alexandra alexey alice alina amanda amy ana anastasia andrea andreas
    andrei andrew andrey angela anna anne annette anthony anton antonio arthur barbara beatrice ben benjamin bernd
    boris brandon brian bruce carl carla carlos carol caroline catherine charles charlotte chloe chris christian
    christina christine christopher claire claudia daniel daniela david deborah denis dennis diana dieter dmitri
    dmitry donald donna dorothy edward ekaterina elena elizabeth ella emily emma eric erik eva evgeny fabio felix
    fernando florian francesco francis frank franz fred frederic gabriel gary george georg gerald gerhard giovanni
    giulia grace greg gregory guido gustavo hannah hans harry heather heinz helen helena helga henry herbert hugo
    ian igor ilya ingrid irina isaac isabel ivan jack jacob jake james jan jane janet jason javier jean jeff jeffrey
    jennifer jens jeremy jessica jim jo joan joao joe johann john jonas jonathan jordan jorge jose joseph joshua
    juan judith julia julian julie jurgen jürgen justin karen karl kate katharina katherine kathleen kathryn katja
    keith kelly ken kenneth kevin kim kirill klaus konstantin kurt larry lars laura lauren leo leon leonard linda
    lisa louis louise lucas lucia luis luke manuel marc marcel marco marcus margaret maria marie marina mario mark
    markus martha martin mary matthew matthias max maxim megan melissa michael michel michelle miguel mike mikhail
    monica monika nancy natalia natalie nathan nicholas nick nicolas nicole nikita nikolai nina noah norbert oleg
    olga oliver olivia oscar otto pablo pamela patricia patrick paul paula pavel pedro peter petra philip philipp
    pierre rachel ralf ralph ramon raymond rebecca renata richard rita robert roberto roger roman ronald rosa ross
    roy russell ruth ryan samantha samuel sandra sara sarah scott sean sebastian sergei sergey sharon simon sofia
    sophia sophie stefan stella stephan stephanie stephen steve steven susan svetlana sylvia tatiana ted teresa
    terry theresa thomas tim timothy tina tobias todd tom tony ulrich ursula uwe valentina vera veronika victor
    victoria viktor vincent vitaly vladimir walter wayne werner wilhelm will william wolfgang yulia yuri zoe
    """.split()  # noqa: SIM905
)
