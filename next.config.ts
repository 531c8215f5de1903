import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, which sees the whole tree and not the pages alone.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    'pino',
    'mqtt',
    'postgres',
    'prom-client',
    'hono',
    '@hono/zod-openapi',
  ],
  allowedDevOrigins: ['localhost', '127.0.0.1'],
  devIndicators: false,
  headers: async () => [
    {
      source: '/sw.js',
      headers: [
        { key: 'Cache-Control', value: 'no-cache' },
        { key: 'Content-Type', value: 'text/javascript; charset=utf-8' },
        { key: 'Service-Worker-Allowed', value: '/' },
      ],
    },
  ],
  experimental: { optimizePackageImports: ['lucide-react'] },
};

export default config;
