// The whole script of Konveyer's screens. Each module minds one thing; see frontend/README.md.
import Alpine from "@alpinejs/csp";
import "./requests.js";
import "./dialog.js";
import "./rows.js";
import "./board.js";
import "./order.js";
import "./files.js";
import "./fresh.js";
import "./sheet.js";
import "./taps.js";
import "./live.js";
import "./palette.js";
import { keys } from "./keys.js";
import { menu } from "./menu.js";
import { tabs } from "./tabs.js";
import { toasts } from "./toasts.js";
import { rail, theme } from "./look.js";

Alpine.data("menu", menu);
Alpine.data("tabs", tabs);
Alpine.data("toasts", toasts);
Alpine.data("theme", theme);
Alpine.data("rail", rail);
Alpine.data("keys", keys);
Alpine.start();
