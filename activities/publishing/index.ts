export { archiveWorkflow } from './archive-workflow.ts';
export { publishWorkflow } from './publish-workflow.ts';
