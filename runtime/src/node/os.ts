/** `os` of a small Linux machine. */
import type { Program } from '../sandbox/program';

export function makeOs(program: Program): Record<string, unknown> {
  const cpu = { model: 'Backlab virtual CPU', speed: 2400, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };
  return {
    EOL: '\n',
    devNull: '/dev/null',
    arch: () => 'x64',
    platform: () => 'linux',
    type: () => 'Linux',
    release: () => '6.1.0',
    version: () => '#1 SMP Backlab',
    machine: () => 'x86_64',
    hostname: () => 'backlab',
    homedir: () => '/home',
    tmpdir: () => '/tmp',
    endianness: () => 'LE',
    uptime: () => (program.world.clock.now() - program.world.clock.origin) / 1000 + 3600,
    loadavg: () => [0.1, 0.1, 0.1],
    totalmem: () => 2_147_483_648,
    freemem: () => 1_073_741_824,
    cpus: () => [cpu, cpu],
    availableParallelism: () => 2,
    networkInterfaces: () => ({ lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }] }),
    userInfo: () => ({ uid: 1000, gid: 1000, username: 'learner', homedir: '/home', shell: '/bin/sh' }),
    constants: { signals: { SIGINT: 2, SIGTERM: 15, SIGKILL: 9, SIGHUP: 1 } },
  };
}
