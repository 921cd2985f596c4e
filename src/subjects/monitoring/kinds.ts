import type { SubjectKind } from '../subject.ts';
import { alarm, securityAlarm } from './alarm.ts';
import { alertTopic } from './alert-topic.ts';
import { configRecording, configRule } from './config-control.ts';
import { costAlert } from './cost-alert.ts';
import { eventRoute } from './event-route.ts';
import { logForwarder } from './log-forwarder.ts';
import { serviceLog } from './service-log.ts';

/** What records, forwards, checks and alerts. */
export const KINDS: readonly SubjectKind[] = [
  alarm,
  securityAlarm,
  eventRoute,
  alertTopic,
  logForwarder,
  configRecording,
  configRule,
  costAlert,
  serviceLog,
];
