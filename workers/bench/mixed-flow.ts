/** What the runs of the mixed flow are started with. */
export const MIXED_INPUT = { customer: 'Ada', lines: [{ n: 2 }, { n: 3 }, { n: 4 }] };
/** What every run answers, as PostgreSQL orders the keys: 9 of the lines, doubled, since it is less than 100. */
export const MIXED_ANSWER = '{"calls":600,"total":18,"parcels":[4,6,8],"customer":"Ada"}';

/** Ten steps: four transforms, a branch, a loop, three calls over HTTP, and the answer. */
export const mixedSteps = (url: string): object[] => [
  { id: 'order', kind: 'transform', with: { value: '{{ { "sum": $sum(input.lines.n) } }}' } },
  { id: 'stock', kind: 'http', with: { url: `${url}/stock` } },
  {
    id: 'size',
    kind: 'branch',
    cases: [
      {
        when: '{{ steps.order.output.sum > 100 }}',
        steps: [{ id: 'large', kind: 'transform', with: { value: '{{ steps.order.output.sum }}' } }],
      },
    ],
    otherwise: [{ id: 'small', kind: 'transform', with: { value: '{{ steps.order.output.sum * 2 }}' } }],
  },
  { id: 'price', kind: 'http', with: { url: `${url}/price` } },
  {
    ...{ id: 'lines', kind: 'forEach', items: '{{ input.lines }}', as: 'line' },
    steps: [{ id: 'parcel', kind: 'transform', with: { value: '{{ line.n * 2 }}' } }],
  },
  { id: 'book', kind: 'http', with: { url: `${url}/book` } },
  {
    ...{ id: 'summary', kind: 'transform' },
    with: {
      value: {
        customer: '{{ input.customer }}',
        total: '{{ steps.size.output }}',
        parcels: '{{ steps.lines.output }}',
        calls: '{{ steps.stock.output.status + steps.price.output.status + steps.book.output.status }}',
      },
    },
  },
  { id: 'answer', kind: 'respond', with: { body: '{{ steps.summary.output }}' } },
];
