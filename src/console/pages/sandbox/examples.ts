import type { Mail } from './sent-mail.ts';

/** Letters of our own, each of another kind. Nobody and nothing in them is real. */
export const EXAMPLES: readonly Mail[] = [
  {
    sender: 'parent@example.org',
    subject: '课后服务费重复收取',
    text: '您好：\n\n我孩子在某县第三小学读四年级。这学期课后服务费九月交过一次，十月班主任又在群里要求再交一次，每次三百元，都没有开票据。问学校，学校说是县里统一安排；问县教育局，让我们找学校。\n\n请帮助核实这笔钱该不该收，多收的能不能退。',
  },
  {
    sender: 'teacher@example.org',
    subject: '补办教师资格证三个月没有结果',
    text: '我于今年八月通过窗口申请补办教师资格证，材料一次交齐，窗口答复二十个工作日办结。到现在三个多月，先后去了四次，每次都说经办人不在，电话也没有人接。\n\n请督促办理，并告知还需要多长时间。',
  },
  {
    sender: 'student@example.org',
    subject: '宿舍楼漏电，有同学触电',
    text: '某县第一中学五号宿舍楼二层水房墙面漏电，昨天晚上有同学洗漱时触电昏倒，送到医院抢救。向宿管反映后，只贴了一张“暂停使用”的纸，今天水房照常开着，里面还住着两百多人。\n\n请马上派人来看，随时可能再出事。',
  },
  {
    sender: 'applicant@example.org',
    subject: '民办培训机构设立审批被退回',
    text: '我们申请设立一家艺术类培训机构，材料报送后被退回两次，两次指出的问题不一样，第二次指出的问题第一次没有提。窗口不出具书面的一次性告知。\n\n希望明确告知需要补正的全部内容。',
  },
  {
    sender: 'resident@example.org',
    subject: '咨询转学手续',
    text: '我家从外省搬来，孩子下学期读初中二年级。请问转学需要准备哪些材料，什么时候可以办理，应当到学校办还是到县教育局办？谢谢。',
  },
];
