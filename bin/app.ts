import { createApp } from "../lib/infrastructure/app.ts";

createApp().app.synth();
