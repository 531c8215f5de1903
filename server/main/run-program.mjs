import { spawn } from 'node:child_process';

/** Raised when a program ends with another code than 0; the message holds all that it printed. */
export class ProgramFailed extends Error {
  /**
   * @param {string} words
   * @param {string} output
   */
  constructor(words, output) {
    super(`${words}\n${output.trimEnd()}`);
    this.name = 'ProgramFailed';
    this.output = output;
  }
}

/**
 * Runs a program and keeps its output to itself unless it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<string>} what it printed
 * @throws {ProgramFailed}
 */
export function runProgram(program, args, { cwd = process.cwd(), env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new ProgramFailed(`${[program, ...args].join(' ')} ended with ${code ?? signal}:`, output));
    });
  });
}
