import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Json } from '../../workflows/json.ts';
import type { RunStatus as Status, StepStatus as StateOfStep } from '../../workflows/runs/model.ts';
import type { DivergenceKind as Kind } from '../../workflows/runs/compare-runs.ts';
import { DefinitionChange } from '../definitions/definitions.model.ts';
import { enumOf, GlobalIdField } from '../fields.ts';
import { JsonScalar } from '../scalars.ts';
import { RunStatus, StepStatus } from './runs.model.ts';

export const DivergenceKind = enumOf<Kind>('DivergenceKind', 'What is different about a step first.', {
  MISSING: 'Only one of the runs came to it.',
  INPUT: 'It was given something else.',
  STATUS: 'It ended in another way.',
  ERROR: 'It failed with another error.',
  OUTPUT: 'It gave something else.',
});

@ObjectType({ description: 'The first step at which two runs went different ways.' })
export class Divergence {
  @Field(() => String, { description: 'The path of the step.' })
  path!: string;

  @Field(() => DivergenceKind, { description: 'What is different.' })
  what!: Kind;

  @Field(() => JsonScalar, { nullable: true, description: 'What the left run has there, shortened.' })
  left!: Json;

  @Field(() => JsonScalar, { nullable: true, description: 'What the right run has there, shortened.' })
  right!: Json;
}

@ObjectType({ description: "One run's side of a step." })
export class StepSide {
  @Field(() => StepStatus, { description: 'Where the step stands.' })
  status!: StateOfStep;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from its begin to its end.' })
  durationMs!: number | null;

  @Field(() => Int, { description: 'Which attempt it was, counted from 1.' })
  attempt!: number;

  @Field(() => Boolean, {
    description: 'Whether its result was taken over from an earlier run, whose time it is.',
  })
  reused!: boolean;
}

@ObjectType({ description: 'A step in both runs.' })
export class StepComparison {
  @Field(() => String, { description: 'The path of the step.' })
  path!: string;

  @Field(() => StepSide, { nullable: true, description: 'In the left run; null when it did not come to it.' })
  left!: StepSide | null;

  @Field(() => StepSide, {
    nullable: true,
    description: 'In the right run; null when it did not come to it.',
  })
  right!: StepSide | null;

  @Field(() => Boolean, { description: 'Whether it went the same way in both.' })
  same!: boolean;

  @Field(() => [DivergenceKind], { description: 'All that is different, what comes first in front.' })
  differs!: Kind[];

  @Field(() => Int, {
    nullable: true,
    description:
      'By how many milliseconds the right one took longer; null unless both runs did it themselves.',
  })
  slowerByMs!: number | null;
}

@ObjectType({ description: 'One of two runs, as a whole.' })
export class ComparedSide {
  @GlobalIdField('Run', { description: 'The run.' })
  runId!: string;

  @Field(() => Int, { description: 'The version that it ran.' })
  version!: number;

  @Field(() => RunStatus, { description: 'Where it stands.' })
  status!: Status;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from its begin to its end.' })
  durationMs!: number | null;
}

@ObjectType({ description: 'Two runs side by side.' })
export class RunComparison {
  @Field(() => ComparedSide, { description: 'The left run.' })
  left!: ComparedSide;

  @Field(() => ComparedSide, { description: 'The right run.' })
  right!: ComparedSide;

  @Field(() => Boolean, { description: 'Whether all steps went the same way.' })
  same!: boolean;

  @Field(() => Divergence, {
    nullable: true,
    description: 'The first step, in the order of the definition, that went another way.',
  })
  firstDivergence!: Divergence | null;

  @Field(() => [StepComparison], { description: 'The steps in the order of the definition.' })
  steps!: StepComparison[];

  @Field(() => [DefinitionChange], { description: 'What is different in the version of the right run.' })
  differences!: DefinitionChange[];

  @Field(() => Boolean, {
    description: 'True when a run has more than 1,000 steps; only its first ones are compared.',
  })
  truncated!: boolean;
}
