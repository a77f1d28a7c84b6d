'use client';

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Checkbox, Input, Select, Textarea } from '../../components/input.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../components/menu.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { Tabs } from '../../components/tabs.tsx';
import type { Problem } from '../../lib/problem.ts';
import { WORDS } from './words.ts';

const REFUSED: Problem = {
  code: 'INVALID',
  reason: 'name_taken',
  message: WORDS.problem,
  requestId: null,
  field: 'name',
};

/** Fields: plain, explained, refused, not to be filled in; a line, several, a choice, a yes or no. */
export function FieldSamples() {
  return (
    <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={WORDS.label}>{(parts) => <Input {...parts} placeholder={WORDS.value} />}</Field>
      <Field label={WORDS.label} hint={WORDS.hint}>
        {(parts) => <Input {...parts} defaultValue={WORDS.value} />}
      </Field>
      <Field label={WORDS.label} hint={WORDS.hint} problem={WORDS.problem}>
        {(parts) => <Input {...parts} defaultValue={WORDS.value} />}
      </Field>
      <Field label={WORDS.label}>{(parts) => <Input {...parts} defaultValue={WORDS.value} disabled />}</Field>
      <Field label={WORDS.label}>{(parts) => <Textarea {...parts} defaultValue={WORDS.dialogText} />}</Field>
      <Field label={WORDS.label}>
        {(parts) => (
          <Select {...parts}>
            <option>{WORDS.value}</option>
            <option>{WORDS.other}</option>
          </Select>
        )}
      </Field>
      <Checkbox label={WORDS.yes} defaultChecked />
      <Checkbox label={WORDS.yes} disabled />
      <ShownOnce label={WORDS.label} secret={WORDS.secret} text={WORDS.secretText} />
    </div>
  );
}

/** What opens in front of a page, and views that change places. */
export function QuestionSamples() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => setOpen(true)}>{WORDS.openDialog}</Button>
        <Dialog
          isOpen={isOpen}
          onOpenChange={setOpen}
          title={WORDS.dialogTitle}
          description={WORDS.dialogText}
          closeLabel={WORDS.close}
        >
          <Button tone="danger" onClick={() => setOpen(false)}>
            {WORDS.archive}
          </Button>
        </Dialog>
        <DialogForm
          open={WORDS.openForm}
          title={WORDS.dialogTitle}
          submit={WORDS.archive}
          submitTone="danger"
          fields={['name']}
          act={async () => REFUSED}
        >
          {(problemOf) => (
            <Field label={WORDS.label} problem={problemOf('name')}>
              {(parts) => <Input {...parts} name="name" defaultValue={WORDS.value} />}
            </Field>
          )}
        </DialogForm>
        <Menu trigger={<Button>{WORDS.menu}</Button>}>
          <MenuLabel>{WORDS.label}</MenuLabel>
          <MenuItem onSelect={() => undefined}>{WORDS.value}</MenuItem>
          <MenuLine />
          <MenuItem onSelect={() => undefined}>{WORDS.other}</MenuItem>
        </Menu>
      </div>
      <Tabs
        label={WORDS.questions}
        tabs={[
          { id: 'one', title: WORDS.tabOne, content: <p>{WORDS.sample}</p> },
          { id: 'two', title: WORDS.tabTwo, content: <p>{WORDS.note}</p> },
        ]}
      />
    </>
  );
}
