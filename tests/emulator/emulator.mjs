// Starts the Slack emulator with the seed that is given as the first argument, prints its address,
// and ends when its standard input does, so that it never outlives the test that started it.
import { createEmulator } from "emulate";

const seed = { slack: JSON.parse(process.argv[1]) };
const emulator = await createEmulator({ service: "slack", port: 0, hostname: "127.0.0.1", seed });
process.stdin.resume();
process.stdin.on("end", () => emulator.close());
console.log(emulator.url);
