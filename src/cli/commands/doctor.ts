import { stateOption } from '../audit-options.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary:
    'Look for what would make commands fail here: Node, memory, room, keys and their permissions, the state directory.',
  arguments: [],
  options: [
    stateOption,
    {
      flags: '--reset-clock',
      summary: 'forget the latest time that a run has seen, after a clock that was wrong; is logged',
    },
    { flags: '--json', summary: 'print the findings as JSON' },
  ],
  examples: [{ command: 'anon doctor', does: 'exits 0 when all is well; 1 with what mends it when something is not' }],
  async run(invocation, terminal) {
    if (isSet(invocation, 'resetClock')) {
      const { resetAuditedClock } = await import('../../app/reset-clock.ts');
      const { from, to } = await resetAuditedClock(optionText(invocation, 'state'), terminal);
      terminal.err(`clock: ${from ?? 'no earlier run'}, now ${to}\n`);
    }
    const { examine } = await import('../../app/doctor.ts');
    const { isProblem } = await import('../../app/doctor/definition.ts');
    const examined = await examine(optionText(invocation, 'state'), terminal);
    const { examinationJson, renderExamination } = await import('../examination.ts');
    await terminal.out(
      isSet(invocation, 'json') ? examinationJson(examined) : renderExamination(examined, terminal.columns),
    );
    return examined.some(({ findings }) => findings.some(isProblem)) ? 1 : 0;
  },
});
