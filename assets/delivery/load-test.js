// Load for k6: 95 of 100 answers in time, and fewer than 1 of 100 failing. Everything it needs comes by environment variables.
import http from 'k6/http';
import { check, sleep } from 'k6';

const base = __ENV.TARGET_URL.replace(/\/$/, '');
const paths = (__ENV.LOAD_PATHS || '/').split(',');
const users = Number(__ENV.LOAD_USERS || '20');
const seconds = Number(__ENV.LOAD_SECONDS || '120');

export const options = {
  stages: [
    { duration: `${Math.ceil(seconds / 4)}s`, target: users },
    { duration: `${seconds}s`, target: users },
    { duration: '5s', target: 0 },
  ],
  thresholds: {
    http_req_duration: [`p(95)<${Number(__ENV.LOAD_P95_MILLISECONDS || '3000')}`],
    http_req_failed: ['rate<0.01'],
  },
};

export default function visit() {
  for (const path of paths) {
    check(http.get(`${base}${path}`), { answered: ({ status }) => status >= 200 && status < 400 });
  }
  sleep(1);
}
