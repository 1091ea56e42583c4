// What the library names beside the language itself. Nothing waits here: a chart is drawn in one go.
globalThis.setTimeout ??= () => 0;
globalThis.clearTimeout ??= () => {};
globalThis.console ??= { log() {}, warn() {}, error() {} };
