"""The daily sheet in a browser: keys as in a spreadsheet, a pasted block, its taking back, saving."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.mark.shows("I3.sheet", "I2.keyboard")
def test_a_block_is_pasted_taken_back_and_saved_by_keys(opens: Opens) -> None:
    page = opens("/sheet/?month=2026-01")
    cells = page.locator("tbody .k-sheet-cell")
    cells.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(8)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(9)).to_be_focused()
    page.keyboard.press("Enter")
    expect(cells.nth(17)).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(cells.nth(9)).to_be_focused()
    page.evaluate(PASTE, "1 234\t5\n6\t7\n")
    block = [9, 10, 17, 18]
    assert [cells.nth(place).input_value() for place in block] == ["1 234", "5", "6", "7"]
    page.keyboard.press("Control+KeyZ")
    assert [cells.nth(place).input_value() for place in block] == ["", "", "", ""]
    cells.nth(9).focus()
    page.evaluate(PASTE, "1 234\t5\n6\t7\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tfoot tr").first).to_contain_text("240")  # 1 234 + 6
    assert [cells.nth(place).input_value() for place in block] == ["1234", "5", "6", "7"]
