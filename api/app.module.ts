import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { ApprovalsResolver } from './approvals/approvals.resolver.ts';
import { ConnectionsResolver } from './connections/connections.resolver.ts';
import { DefinitionsResolver } from './definitions/definitions.resolver.ts';
import { WorkflowResolver, WorkflowVersionResolver } from './definitions/workflow.resolver.ts';
import { documentRules } from './document-rules.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { EndpointDeliveryResolver, EndpointsResolver } from './endpoints/endpoints.resolver.ts';
import { PublishingResolver } from './publishing/publishing.resolver.ts';
import { BulkRerunResolver } from './runs/bulk-rerun.resolver.ts';
import { FailuresResolver } from './runs/failures.resolver.ts';
import { RunResolver, RunStepResolver } from './runs/run.resolver.ts';
import { RunsResolver } from './runs/runs.resolver.ts';
import { TestRunResolver } from './runs/test-run.resolver.ts';
import { ScheduleResolver, SchedulesResolver } from './schedules/schedules.resolver.ts';
import { TenancyResolver, ViewerResolver } from './tenancy/tenancy.resolver.ts';
import { WebhookResolver, WebhooksResolver, WorkflowWebhookResolver } from './webhooks/webhooks.resolver.ts';

const RESOLVERS = [
  DefinitionsResolver,
  WorkflowResolver,
  WorkflowVersionResolver,
  PublishingResolver,
  RunsResolver,
  FailuresResolver,
  BulkRerunResolver,
  RunResolver,
  RunStepResolver,
  TestRunResolver,
  ApprovalsResolver,
  ConnectionsResolver,
  EndpointsResolver,
  EndpointDeliveryResolver,
  SchedulesResolver,
  ScheduleResolver,
  TenancyResolver,
  ViewerResolver,
  WebhooksResolver,
  WebhookResolver,
  WorkflowWebhookResolver,
];

/** All resolvers, and Mercurius, which parses, validates and executes. Its routes are ours: `graphql-http.ts`. */
@Module({})
export class AppModule {
  static with({ production }: { production: boolean }): DynamicModule {
    return {
      module: AppModule,
      imports: [GraphQLModule.forRoot<MercuriusDriverConfig>(graphqlOptions(production))],
      providers: RESOLVERS,
    };
  }
}

function graphqlOptions(production: boolean): MercuriusDriverConfig {
  return {
    driver: MercuriusDriver,
    autoSchemaFile: true,
    sortSchema: true,
    routes: false,
    graphiql: false,
    subscription: false,
    allowBatchedQueries: false,
    validationRules: documentRules(production),
    graphql: {
      parseOptions: { maxTokens: DOCUMENT_LIMITS.tokens },
      validateOptions: { maxErrors: 5 },
    },
    // Left as they are: `errors.ts` turns them into what clients see.
    errorFormatter: (execution) => ({ statusCode: 200, response: execution }),
  };
}
