"""Free mail domains and names of shared mailboxes."""

FREE_MAIL = frozenset(
    """
    mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua
    narod.ru rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru rambler.ua vk.com qip.ru pochta.ru land.ru
    nm.ru hotmail.ru e-mail.ru email.ru newmail.ru front.ru hotbox.ru smtp.ru fromru.com mail15.com pisem.net
    km.ru sibmail.com ngs.ru e1.ru tut.by mail.by open.by mail.kz ukr.net i.ua meta.ua bigmir.net email.ua
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.co.uk
    hotmail.fr hotmail.de hotmail.it hotmail.es hotmail.com.br live.com live.ru live.co.uk live.fr live.nl msn.com
    yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.in yahoo.co.in yahoo.co.jp yahoo.com.br
    yahoo.ca yahoo.com.au ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com
    proton.me protonmail.com pm.me tutanota.com tuta.io tutamail.com zoho.com zohomail.com fastmail.com fastmail.fm
    hey.com hushmail.com mail.com email.com usa.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de
    freenet.de arcor.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr
    libero.it virgilio.it tin.it alice.it tiscali.it telefonica.net terra.es
    wp.pl o2.pl onet.pl interia.pl op.pl poczta.onet.pl gazeta.pl seznam.cz centrum.cz email.cz azet.sk
    abv.bg mail.bg dir.bg inbox.lv inbox.lt inbox.eu mail.ee hot.ee delfi.lt freemail.hu citromail.hu
    naver.com daum.net hanmail.net qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com foxmail.com aliyun.com
    rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net
    btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com bigpond.com optusnet.com.au
    shaw.ca rogers.com sympatico.ca walla.com walla.co.il netvision.net.il
    mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org
    """.split()  # noqa: SIM905
)

ROLE_NAMES = frozenset(
    """
    info inform office ofis mail email post pochta contact contacts hello hi sales sale zakaz zakazy order orders
    shop store opt support help helpdesk service servis admin administrator webmaster postmaster hostmaster root
    abuse noreply no-reply donotreply marketing reklama pr press media news smi hr job jobs career kadry rabota
    resume buh buhg buhgalter buhgalteria bookkeeping accounting accounts billing finance finans invoice invoices
    director direktor ceo boss general secretary sekretar priemnaya reception kanc kancelaria office-manager
    manager managers menedger snab supply zakup zakupki tender tenders logist logistics sklad warehouse
    dostavka delivery legal yurist jurist security team partners partner client clients clientservice
    company firma main common feedback request zayavka booking bron reservation welcome
    """.split()  # noqa: SIM905
)
