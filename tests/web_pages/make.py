"""Writes the forty pages that extraction is measured on: `python3 make.py`, the same bytes each time.

What is the text of a page bears the attribute `data-text`, which is taken out before anything reads the page. The first four
layouts were in view when the rules of extraction were made; the other four, under `kept-back`, were not."""

import pathlib
import random

from texts import ADDRESS, ADS, CAMPAIGN, COOKIE, GENRES, LEGAL, LETTER, SHARE, TAGS, TEASERS

HERE = pathlib.Path(__file__).resolve().parent


class Page:
    """Draws the text of a page, no sentence twice."""

    def __init__(self, genre, number):
        self.random = random.Random(f"{genre}{number}")
        self.genre = GENRES[genre]
        self.site = self.genre["site"]
        self.title = self.genre["titles"][number]
        self.left = {key: self.random.sample(value, len(value)) for key, value in self.genre.items() if isinstance(value, list)}
        self.around = {"teasers": TEASERS[:], "ads": ADS[:]}
        for pool in self.around.values():
            self.random.shuffle(pool)

    def take(self, key, count=1):
        taken, self.left[key] = self.left[key][:count], self.left[key][count:]
        return taken

    def text(self, tag, text, attributes=""):
        return f"<{tag}{' ' + attributes if attributes else ''} data-text>{text}</{tag}>"

    def h1(self, attributes=""):
        return self.text("h1", self.title, attributes)

    def head(self, tag="h2", attributes=""):
        return "".join(self.text(tag, text, attributes) for text in self.take("heads"))

    def prose(self, paragraphs, sentences=2, tag="p", attributes=""):
        made = ["".join(self.take("body", sentences)) for _ in range(paragraphs)]
        return "\n".join(self.text(tag, text, attributes) for text in made if text)

    def list(self, tag="ul", attributes=""):
        items = "".join(self.text("li", item) for item in self.take("items", 4))
        return f"<{tag} {attributes}>{items}</{tag}>"

    def table(self, attributes=""):
        rows = "".join(f"<tr>{self.text('th', a)}{self.text('td', b)}</tr>" for a, b in self.take("rows", 4))
        return f"<table {attributes}><tbody>{rows}</tbody></table>"

    def terms(self):
        return "<dl>" + "".join(self.text("dt", a) + self.text("dd", b) for a, b in self.take("faqs", 2)) + "</dl>"

    def links(self, names, tag="ul", attributes="", item="li"):
        inner = "".join(f'<{item}><a href="/{number}">{name}</a></{item}>' for number, name in enumerate(names))
        return f"<{tag} {attributes}>{inner}</{tag}>"

    def nav(self, **how):
        return self.links(self.genre["nav"], **how)

    def others(self, count=3):
        return [title for title in self.genre["titles"] if title != self.title][:count]

    def cards(self, count=3, attributes='class="card"', tag="div"):
        return "".join(
            f'<{tag} {attributes}><a href="/post/{number}"><img src="{number}.jpg" alt="写真"><h3>{title}</h3></a><p>{teaser}</p></{tag}>'
            for number, (title, teaser) in enumerate(zip(self.others(count), self.around["teasers"])))

    def ad(self):
        return self.around["ads"].pop() if self.around["ads"] else "広告"

    def html(self, body, head="", attributes=' lang="ja"'):
        return (f'<!DOCTYPE html>\n<html{attributes}>\n<head>\n<meta charset="utf-8">\n<title>{self.title}｜{self.site}</title>\n'
                f'{head}</head>\n{body}\n</html>\n')


def semantic(p):
    return p.html(f'''<body class="single has-sidebar">
<header class="site-header"><a class="logo" href="/">{p.site}</a><p class="tagline">毎日の役に立つ情報を。</p>
<nav class="global-nav" aria-label="主な案内">{p.nav()}</nav></header>
<nav aria-label="パンくず"><ol class="breadcrumb"><li><a href="/">ホーム</a></li><li><a href="/c">{p.genre["nav"][0]}</a></li><li>{p.title}</li></ol></nav>
<div class="container"><main id="main"><article>
<header class="article-header">{p.h1()}</header>
{p.prose(2)}
{p.head()}{p.prose(2, 1)}{p.list()}
<figure><img src="a.jpg" alt=""><figcaption data-text>{p.title}の一場面。</figcaption></figure>
{p.head()}{p.prose(1, 3)}{p.table()}
<aside class="voice">{p.text("h3", "利用した方の声")}{"".join(p.text("p", v) for v in p.take("voices", 2))}</aside>
{p.text("small", p.take("notes")[0])}
</article>
<div class="sns-share">{p.links(SHARE)}</div></main>
<aside class="sidebar"><h3>人気の記事</h3>{p.links(p.others())}<h3>分類</h3>{p.links(TAGS)}</aside></div>
<footer class="site-footer">{p.links(LEGAL)}<p>{ADDRESS}</p><p>© 2026 {p.site}</p></footer>
<div id="cookie-consent" class="banner-bottom"><p>{COOKIE}</p><button>同意する</button></div>
<script>var page = "{p.title}は良い";</script>
</body>''')


def soup(p):
    return p.html(f'''<body>
<div id="wrapper">
<div id="header"><div id="logo"><a href="/">{p.site}</a></div><div id="h-tel">お電話 00-0000-0000（平日九時から）</div></div>
<div id="gnav">{p.nav()}</div>
<div id="topicpath"><a href="/">ホーム</a> &gt; <a href="/list">一覧</a> &gt; {p.title}</div>
<div id="contents">
<div id="main">
{p.h1()}
<div class="section">{p.prose(2, 2)}</div>
<div class="section menu-detail">{p.text("h2", "メニューのご案内")}{p.table('class="price-list"')}{p.prose(1, 2)}</div>
<div class="section extra-info">{p.head()}{p.prose(2, 1)}</div>
<div class="section faq">{p.text("h2", "よくあるご質問")}{p.terms()}</div>
<p class="caution" data-text>{p.take("notes")[0]}</p>
<div class="pagetop"><a href="#header">このページの先頭へ</a></div>
</div>
<div id="side"><div class="side-box"><h3>ご案内</h3>{p.nav()}</div><div class="side-box bnr"><a href="/cp"><img src="b.png" alt="特典">{p.ad()}</a></div>
<div class="side-box"><h3>最近の記事</h3>{p.links(p.others())}</div></div>
</div>
<div id="footer"><div class="fnav">{p.links(LEGAL)}</div><p>{ADDRESS}</p><p class="copyright">Copyright {p.site} All Rights Reserved.</p></div>
</div>
<noscript>この頁ではスクリプトを有効にしてください。</noscript>
</body>''')


def landing(p):
    return p.html(f'''<body class="lp">
<header class="hero">{p.h1('class="catch"')}{p.prose(1, 1, attributes='class="lead"')}<a class="btn" href="#form">申し込みはこちら</a></header>
<section class="banner-text">{p.head()}{p.prose(2, 1)}</section>
<section class="popup-lead">{p.head()}<div class="inner">{p.prose(1, 3, "div")}</div></section>
<section id="informed-consent">{p.text("h2", "ご理解いただきたいこと")}{p.list()}{p.prose(1, 2)}</section>
<section class="menu">{p.text("h2", "内容と金額")}{p.table()}</section>
<aside class="testimonials">{p.text("h2", "お客様の声")}{"".join(f'<blockquote><p data-text>{v}</p></blockquote>' for v in p.take("voices", 2))}</aside>
<section class="qa">{"".join(f'<details><summary data-text>{q}</summary><p data-text>{a}</p></details>' for q, a in p.take("faqs", 2))}</section>
<div class="cta"><a class="btn" href="#form">今すぐ申し込む</a></div>
<section class="note">{"".join(p.text("p", n) for n in p.take("notes", 2))}</section>
<section id="form"><form action="/send"><label>お名前<input name="n"></label><label>メールアドレス<input name="m"></label>
<select name="s"><option>選んでください</option><option>はじめて</option><option>二回目以降</option></select><button>送信する</button></form></section>
<footer>{p.links(LEGAL[:3])}<small>© {p.site}</small></footer>
<div class="popup" style="display:none"><p>{CAMPAIGN}</p><a href="/cp">くわしく見る</a></div>
</body>''')


def weblog(p):
    return p.html(f'''<body class="post-template-default single single-post">
<div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">{p.site}</a></p>
<nav id="site-navigation" class="main-navigation"><button class="menu-toggle">メニュー</button>{p.nav(attributes='class="menu"')}</nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-12" class="post-12 post type-post category-life tag-menu"><header class="entry-header">{p.h1('class="entry-title"')}
<div class="sns-buttons">{p.links(SHARE, item="span", tag="div")}</div></header>
<div class="entry-content">
{p.prose(2, 2)}
<div id="toc_container"><p class="toc_title">目次</p>{p.links(["はじめの話", "くわしい話", "おわりの話"], tag="ol")}</div>
{p.head()}{p.prose(2, 1)}<div class="adsbygoogle">{p.ad()}</div>
{p.head()}{p.list("ol")}{p.prose(1, 2)}
<div class="cookie-box">{p.text("h3", "覚え書き")}{p.prose(1, 2)}</div>
<p data-text><b>{p.take("notes")[0]}</b></p>
</div>
<footer class="entry-footer"><span class="tags-links">{p.links(TAGS, tag="span", item="span")}</span></footer></article>
<nav class="post-navigation"><a href="/p">前の記事 {p.others()[0]}</a><a href="/n">次の記事 {p.others()[1]}</a></nav>
<div class="related-posts"><h2>関連する記事</h2>{p.cards()}</div>
</main></div>
<div id="secondary" class="widget-area"><section class="widget widget_search"><form><input type="search"><button>検索</button></form></section>
<section class="widget widget_recent_entries"><h2>最近の投稿</h2>{p.links(p.others(4))}</section>
<section class="widget widget_text"><h2>お知らせの配信</h2><p>{LETTER}</p></section></div></div>
<footer id="colophon" class="site-footer"><p>© {p.site}</p>{p.links(LEGAL)}</footer></div>
</body>''')


def tables(p):
    def breaks(*texts):
        return "<br>\n".join(f"<span data-text>{text}</span>" for text in texts)
    return p.html(f'''<body bgcolor="#ffffff" text="#333333">
<table width="760" border="0" cellpadding="0" align="center"><tr><td colspan="2"><a href="index.html"><font size="5">{p.site}</font></a></td></tr>
<tr><td width="160" valign="top" bgcolor="#eeeeee">{"<br>".join(f'<a href="{n}.html"><font size="2">{name}</font></a>' for n, name in enumerate(p.genre["nav"]))}
<br><br><font size="1">来訪者 012345 人目</font></td>
<td width="600" valign="top"><font size="4"><b data-text>{p.title}</b></font><hr>
<font size="2">{breaks(*p.take("body", 3))}<br><br>
{breaks(*p.take("body", 3))}</font>
<p><font color="#990000"><b data-text>{p.take("heads")[0]}</b></font></p>
<table border="1">{"".join(f'<tr><td data-text>{a}</td><td data-text>{b}</td></tr>' for a, b in p.take("rows", 4))}</table>
<p data-text>{"".join(p.take("body", 2))}</p>
{p.list()}
<center data-text>{p.take("notes")[0]}</center>
<p align="right"><a href="index.html">目次へ戻る</a>　<a href="next.html">次の頁へ</a></p></td></tr>
<tr><td colspan="2" align="center"><font size="1">当ホームページの記事の無断転載を禁じます。<br>Copyright {p.site}</font></td></tr></table>
</body>''')


def hashed(p):
    return p.html(f'''<body><div id="__next"><div class="css-1k2j3h"><div class="css-9d8f7g"><a href="/" class="css-aa11bb">{p.site}</a>
<div class="css-77x8y9">{p.links(p.genre["nav"], tag="div", item="span")}</div></div></div>
<div class="css-0p9o8i"><div class="css-4r5t6y"><div class="css-c1">{p.h1('class="css-t1"')}
<div class="css-lead">{p.prose(1, 2, "div", 'class="css-p"')}</div>
<div class="css-b2">{p.head("h2", 'class="css-h"')}{p.prose(2, 2, "div", 'class="css-p"')}</div>
<div class="css-b3">{p.head("h2", 'class="css-h"')}{p.list()}</div>
<div class="css-b4">{"".join(f'<div class="css-q"><div data-text>{q}</div><div data-text>{a}</div></div>' for q, a in p.take("faqs", 2))}</div>
<div class="css-b5"><p data-text>{p.take("voices")[0]}</p><p data-text>{p.take("notes")[0]}</p></div></div>
<div class="css-r1"><div class="css-r2">こちらもおすすめ</div>{p.cards(3, 'class="css-card"')}</div></div></div>
<div class="css-f1"><div class="css-f2">{p.links(LEGAL, tag="div", item="span")}</div><div class="css-f3">© {p.site}</div></div>
<div role="dialog" aria-modal="true" class="css-m1"><div>{COOKIE}</div><button>承諾</button><button>設定</button></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"title":"{p.title}","text":"これは読まれない文です。"}}</script>
</body>''')


def romaji(p):
    return p.html(f'''<body id="top">
<div class="l-header"><div class="l-header__logo">{p.site}</div><ul class="l-header__gnavi">{"".join(f'<li class="l-header__item"><a href="#">{n}</a></li>' for n in p.genre["nav"])}</ul></div>
<div class="c-kv">{p.h1('class="c-kv__ttl"')}<p class="c-kv__txt" data-text>{p.take("body")[0]}</p></div>
<div class="l-section osusume-banner">{p.head("h2", 'class="c-ttl"')}{p.prose(2, 1)}</div>
<div class="l-section sejutsu-menu"><div class="inner"><h2 class="c-ttl" data-text>内容の一覧</h2>
<dl class="menu-list">{"".join(f'<dt data-text>{a}</dt><dd data-text>{b}</dd>' for a, b in p.take("rows", 4))}</dl>{p.prose(1, 2, attributes='class="menu-txt"')}</div></div>
<div class="l-section supplemental">{p.head("h2", 'class="c-ttl"')}<div class="box">{p.prose(2, 1)}</div>{p.list()}</div>
<div class="l-section social-voice"><h2 class="c-ttl" data-text>寄せられた声</h2><ul class="voice-slider">{"".join(f'<li class="slide"><p data-text>{v}</p></li>' for v in p.take("voices", 2))}</ul></div>
<div class="l-section sponsor-message">{p.head("h2", 'class="c-ttl"')}{p.prose(1, 2)}</div>
<div class="l-section cookie-notes"><p data-text>{p.take("notes")[0]}</p></div>
<div class="l-section l-section--cv"><a class="c-btn" href="/reserve">予約の画面へ</a><a class="c-btn" href="tel:0000">電話で相談する</a></div>
<div class="fixed-banner"><a href="/line"><span>友だち登録で割引</span></a></div>
<div class="l-footer"><ul>{"".join(f'<li><a href="#">{n}</a></li>' for n in LEGAL)}</ul><p class="l-footer__add">{ADDRESS}</p><p class="l-footer__copy">&copy; {p.site}</p></div>
<div class="js-modal" aria-hidden="true"><p>{CAMPAIGN}</p></div>
</body>''')


def portal(p):
    more = f'<div class="p-inlineLink"><p>あわせて読みたい</p>{p.links(p.others(2))}</div>'
    return p.html(f'''<body>
<div class="p-adTop"><span>広告</span><a href="/ad">{p.ad()}</a></div>
<header role="banner"><div class="p-logo"><a href="/">{p.site}</a></div><form role="search"><input><button>探す</button></form>
<div role="navigation">{p.nav()}</div></header>
<div class="p-body"><main><article class="p-story">
<div class="p-meta"><span class="cat"><a href="/c">{p.genre["nav"][1]}</a></span></div>
{p.h1()}<section class="p-story__text">{p.prose(2, 2)}</section>
{more}
<section class="p-story__text">{p.head("h3")}{p.prose(2, 1)}</section>
<div class="p-ad"><span>ＰＲ</span><a href="/ad2">{p.ad()}</a></div>
<section class="p-story__text">{p.head("h3")}{p.prose(1, 2)}{p.list()}</section>
<aside class="p-kakomi">{p.text("h4", "ひとくちメモ")}{p.text("p", p.take("voices")[0])}{p.table()}</aside>
<p class="p-story__note" data-text>{p.take("notes")[0]}</p>
</article>
<ul class="p-share">{"".join(f'<li><a href="#">{s}</a></li>' for s in SHARE)}</ul>
<section class="p-recommend"><h2>おすすめの記事</h2>{p.cards(3, 'class="p-recommend__item"', "article")}</section></main>
<aside class="p-side"><section class="p-rank"><h2>アクセスの多い記事</h2>{p.links(p.others(5), tag="ol")}</section>
<section class="p-mail"><h2>メールマガジン</h2><p>{LETTER}</p><form><input type="email"><button>登録</button></form></section></aside></div>
<footer role="contentinfo"><div>{p.links(LEGAL)}</div><p>このサイトの記事や写真の無断転載を禁じます。</p><p>© {p.site}</p></footer>
</body>''')


LAYOUTS = {"seen": [semantic, soup, landing, weblog], "kept-back": [tables, hashed, romaji, portal]}


def main():
    for half, layouts in LAYOUTS.items():
        (HERE / half).mkdir(exist_ok=True)
        for genre in GENRES:
            for number, layout in enumerate(layouts):
                page = Page(genre, number + 4 * (half == "kept-back"))
                (HERE / half / f"{genre}-{layout.__name__}.html").write_text(layout(page), encoding="utf-8")


main()
