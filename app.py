"""Tensor or Torch in the browser: page set-up, language and navigation."""

from advisor.ui import address, shell
from advisor.ui.session import current_visit

shell.set_up()
visit = current_visit()
page = shell.navigate(visit)
with shell.sheet(visit, page):
    visit.pages[page].run()
address.write(visit, page)
