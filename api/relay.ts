import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { MAX_PAGE, type Page } from '../activities/page.ts';

/** The arguments of every list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 25, description: `How many items to give, 1 to ${MAX_PAGE}.` })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Gives what comes after this cursor: the endCursor of the page before.',
  })
  after?: string | null;
}

@ObjectType({ description: 'Where a page ends and whether more follows.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True when there are more items after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True when the page was asked for with a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item of this page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item of this page.' })
  endCursor!: string | null;
}

/** A page as Relay clients read it. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: PageInfo;
}

/** Makes the types `<Name>Edge` and `<Name>Connection`, `<Name>` being the GraphQL type of `node`. */
export function connectionOf(node: Type, name: string): Type<Connection<unknown>> {
  @ObjectType(`${name}Edge`, { description: 'One item of a page.' })
  class Edge {
    @Field(() => String, { description: 'The place of this item in the list.' })
    cursor!: string;

    @Field(() => node, { description: 'The item.' })
    node!: unknown;
  }

  @ObjectType(`${name}Connection`, { description: 'One page of a list.' })
  class PageOf implements Connection<unknown> {
    @Field(() => [Edge], { description: 'The items of this page.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where the page ends and whether more follows.' })
    pageInfo!: PageInfo;
  }
  return PageOf;
}

/** A page of a verb in the form of Relay. `after` is the cursor that it was asked with. */
export function toConnection<Node>(page: Page<Node>, after: string | null | undefined): Connection<Node> {
  return {
    edges: page.items,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: page.items[0]?.cursor ?? null,
      endCursor: page.endCursor,
    },
  };
}
